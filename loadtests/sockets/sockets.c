/* Many WebSockets in one thread: opens them, sends messages through some, and reports what came of it as JSON.
 *
 * Templates: %M becomes a marker "@TIME.SOCKET.NUMBER" (decimal nanoseconds, hex, hex), which is found again in
 * whatever the server makes of the message; %C becomes a command id (a UUID of version 7), which is found again as
 * "command_id":"..." in the acknowledgement. `usage` below lists the options; loadtests/tool.py compiles and runs this.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "meter.h"

enum { MAX_ADDRESSES = 8, EVENTS = 4096, MARKER = 35, MESSAGES = 4 << 20, SLOTS = 64 };
enum { ROOM = 4 << 20 }; /* the read buffer that all sockets share, in bytes */

typedef struct { char **items; int count; } lines_t;
typedef enum { CLOSED, CONNECTING, SHAKING_HANDS, OPEN } state_t;
typedef struct {
  int fd;
  state_t state;
  bool is_answered, is_live;
  uint32_t in_flight;
  uint8_t *rest; /* the beginning of a frame whose end has not come yet */
  size_t rest_size;
  uint64_t *asked_at; /* nanoseconds, by the number of the command modulo SLOTS */
  uint32_t asked;
} peer_t;

static const char *usage =
    "sockets --address HOST:PORT [--address ...] --sockets N [--path /ws] [--header LINE]\n"
    "  [--opening FILE]   what each socket says first: line i of the file for socket i, tabs between messages;\n"
    "                     all but the first when that is answered\n"
    "  [--live TEXT]      a socket is live when a message holds this (else when its handshake is answered)\n"
    "  [--opening-again FILE --live-again TEXT]   cut all at once, and come back with this\n"
    "  [--message FILE]   what is sent: line i for socket i\n"
    "  [--window W | --rate R | --in-flight K]    messages in the air; a second; commands of each sender\n"
    "  [--senders S] [--receivers N]   how many sockets send; how many get each message\n"
    "  [--seconds S] [--settle S] [--burst N] [--per-address N] [--pid PID ...]\n";

static struct sockaddr_in addresses[MAX_ADDRESSES];
static int address_count, wanted = 1, senders = 1, receivers = 0, burst = 200, per_address = 0;
static uint32_t window = 0, in_flight_limit = 0;
static double rate = 0, seconds = 5, settle_seconds = 0.5;
static const char *path = "/ws", *header = NULL, *live_text = NULL;
static lines_t opening, message;

static int poller;
static peer_t *peers;
static uint8_t *room;
static uint64_t live, failed, sent, deliveries, acknowledged, refused, bytes_in, began_at;
static sample_t heard, answered, came_live;
static uint32_t *last_heard, *heard_count; /* by message: microseconds to the last receiver; receivers that have it */
static uint32_t salt;

/* Saying things ------------------------------------------------------------------------------------------------ */

static lines_t read_lines(const char *name) {
  lines_t lines = {0};
  FILE *file = fopen(name, "r");
  if (!file) die("a file cannot be read");
  char *line = NULL;
  size_t size = 0;
  for (ssize_t got; (got = getline(&line, &size, file)) > 0;) {
    if (line[got - 1] == '\n') line[got - 1] = 0;
    lines.items = need(realloc(lines.items, sizeof(char *) * (size_t)(lines.count + 1)));
    lines.items[lines.count++] = need(strdup(line));
  }
  free(line), fclose(file);
  return lines;
}
static size_t fill_in(char *out, const char *template, int socket_number, uint32_t number) {
  char *to = out;
  uint64_t now = now_ns();
  for (const char *from = template; *from; from++) {
    if (from[0] == '%' && from[1] == 'M') {
      to += sprintf(to, "@%019llu.%05x.%08x", (unsigned long long)now, (unsigned)socket_number, number), from++;
    } else if (from[0] == '%' && from[1] == 'C') {
      uint64_t ms = now / 1000000;
      to += sprintf(to, "%08x-%04x-7%03x-8%03x-%04x%08x", (unsigned)(ms >> 16), (unsigned)(ms & 0xffff), salt >> 12 & 0xfff,
                    salt & 0xfff, (unsigned)socket_number, number), from++;
    } else {
      *to++ = *from;
    }
  }
  return (size_t)(to - out);
}
static void send_all(peer_t *peer, const uint8_t *bytes, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t got = send(peer->fd, bytes + done, size - done, MSG_NOSIGNAL);
    if (got > 0) { done += (size_t)got; continue; }
    if (errno != EAGAIN) return;
    struct pollfd room_to_write = {.fd = peer->fd, .events = POLLOUT};
    if (poll(&room_to_write, 1, 1000) <= 0) return;
  }
}
static void say(peer_t *peer, int opcode, const char *text, size_t size) {
  static uint8_t frame[70000];
  size_t head = size < 126 ? 2 : 4;
  if (size > 65535) die("a message is too long");
  frame[0] = (uint8_t)(0x80 | opcode);
  frame[1] = (uint8_t)(0x80 | (size < 126 ? size : 126));
  if (head == 4) frame[2] = (uint8_t)(size >> 8), frame[3] = (uint8_t)size;
  memset(frame + head, 0, 4); /* masked with zeros */
  memcpy(frame + head + 4, text, size);
  send_all(peer, frame, head + 4 + size);
}
/* The first, and once that is answered the rest, as the browser does. */
static void say_opening(int i, bool is_answered) {
  if (!opening.count) return;
  char *copy = need(strdup(opening.items[i % opening.count])), *left = copy, *part;
  for (bool is_first = true; (part = strsep(&left, "\t")); is_first = false)
    if (is_first != is_answered) say(&peers[i], 1, part, strlen(part));
  free(copy);
}
static void send_message(int i, uint32_t number) {
  static char text[66000];
  peer_t *peer = &peers[i];
  size_t size = fill_in(text, message.items[i % message.count], i, in_flight_limit ? peer->asked : number);
  if (!peer->asked_at) peer->asked_at = need(calloc(SLOTS, sizeof(uint64_t)));
  peer->asked_at[peer->asked++ % SLOTS] = now_ns();
  peer->in_flight++;
  sent++;
  say(peer, 1, text, size);
}

/* Hearing things ----------------------------------------------------------------------------------------------- */

static void close_socket(peer_t *peer, bool has_failed) {
  if (peer->state == CLOSED) return;
  bool was_live = peer->is_live;
  struct linger at_once = {1, 0};
  setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(peer->fd), free(peer->rest);
  *peer = (peer_t){.state = CLOSED, .asked_at = peer->asked_at, .asked = peer->asked};
  if (has_failed) failed++, live -= was_live;
}
static bool parse(const uint8_t *from, int digits, int base, uint64_t *value) {
  *value = 0;
  for (int i = 0; i < digits; i++) {
    int digit = from[i] >= 'a' ? from[i] - 'a' + 10 : from[i] - '0';
    if (digit < 0 || digit >= base) return false;
    *value = *value * (uint64_t)base + (uint64_t)digit;
  }
  return true;
}
static void find_markers(int i, const uint8_t *text, size_t size) {
  const uint8_t *at = text, *end = text + size;
  while ((at = memchr(at, '@', (size_t)(end - at))) && at + MARKER <= end) {
    uint64_t time, from, number;
    if (at[20] != '.' || !parse(at + 1, 19, 10, &time) || !parse(at + 21, 5, 16, &from) || !parse(at + 27, 8, 16, &number)) { at++; continue; }
    at += MARKER;
    if (time < began_at) continue;
    deliveries++;
    if ((int)from != i) note(&heard, time);
    if (!in_flight_limit && number < MESSAGES) {
      uint32_t delay = (uint32_t)((now_ns() - time) / 1000);
      if (delay > last_heard[number]) last_heard[number] = delay;
      heard_count[number]++;
    }
  }
}
static void find_answers(int i, const uint8_t *text, size_t size) {
  static const char key[] = "\"command_id\":\"";
  const uint8_t *at = text, *end = text + size;
  peer_t *peer = &peers[i];
  while ((at = memmem(at, (size_t)(end - at), key, sizeof key - 1)) && at + sizeof key - 1 + 36 <= end) {
    at += sizeof key - 1;
    uint64_t from, number, high, low;
    if (!parse(at + 15, 3, 16, &high) || !parse(at + 20, 3, 16, &low) || (high << 12 | low) != salt) continue;
    if (!parse(at + 24, 4, 16, &from) || !parse(at + 28, 8, 16, &number) || (int)from != i) continue;
    if (peer->in_flight) peer->in_flight--;
    bool is_refusal = size > 17 && !memcmp(text, "{\"type\":\"refused\"", 17);
    if (is_refusal && refused++ < 3) fprintf(stderr, "sockets: refused: %.*s\n", (int)size, text);
    if (!is_refusal) acknowledged++, note(&answered, peer->asked_at[number % SLOTS]);
  }
}
static void take_frame(int i, const uint8_t *text, size_t size, int opcode) {
  peer_t *peer = &peers[i];
  if (opcode == 9) { say(peer, 10, (const char *)text, size); return; }
  if (opcode == 8) {
    if (failed < 3) fprintf(stderr, "sockets: closed by the server: %d %.*s\n", size > 1 ? text[0] << 8 | text[1] : 0, size > 2 ? (int)size - 2 : 0, text + 2);
    close_socket(peer, true);
    return;
  }
  if (opcode == 1 && size == 1 && text[0] == '2') { say(peer, 1, "3", 1); return; } /* Engine.IO's own ping */
  if (!peer->is_answered) peer->is_answered = true, say_opening(i, true);
  if (!peer->is_live && live_text && memmem(text, size, live_text, strlen(live_text))) {
    peer->is_live = true, live++;
    note(&came_live, began_at);
  }
  find_markers(i, text, size);
  if (in_flight_limit) find_answers(i, text, size);
}
static size_t take_handshake(int i, const uint8_t *text, size_t size) {
  uint8_t *end = memmem(text, size, "\r\n\r\n", 4);
  if (!end) return 0;
  if (memcmp(text, "HTTP/1.1 101", 12)) {
    if (failed < 3) fprintf(stderr, "sockets: handshake refused: %.*s\n", size > 300 ? 300 : (int)size, text);
    close_socket(&peers[i], true);
    return 0;
  }
  peers[i].state = OPEN;
  if (!live_text) peers[i].is_live = true, live++, note(&came_live, began_at);
  say_opening(i, false);
  return (size_t)(end + 4 - text);
}
static void read_socket(int i) {
  peer_t *peer = &peers[i];
  size_t size = peer->rest_size;
  if (size) memcpy(room, peer->rest, size);
  ssize_t got = recv(peer->fd, room + size, ROOM - size, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) { close_socket(peer, true); return; }
  size += (size_t)got, bytes_in += (uint64_t)got;
  size_t done = peer->state == SHAKING_HANDS ? take_handshake(i, room, size) : 0;
  while (peer->state == OPEN && size - done >= 2) {
    uint8_t *frame = room + done;
    size_t length = frame[1] & 127, head = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (size - done < head) break;
    if (head > 2) { length = 0; for (size_t k = 2; k < head; k++) length = length << 8 | frame[k]; }
    if (size - done < head + length) break;
    done += head + length;
    take_frame(i, frame + head, length, frame[0] & 15);
  }
  if (peer->state == CLOSED) return;
  if (peer->rest_size < size - done) peer->rest = need(realloc(peer->rest, size - done));
  peer->rest_size = size - done;
  if (peer->rest_size) memcpy(peer->rest, room + done, peer->rest_size);
  else free(peer->rest), peer->rest = NULL;
}

/* Coming ------------------------------------------------------------------------------------------------------- */

static void start(int i) {
  peer_t *peer = &peers[i];
  int yes = 1;
  peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (peer->fd < 0) die("no more file descriptors; raise `ulimit -n`");
  setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (per_address) {
    unsigned home = (unsigned)(i / per_address);
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000100 + (home / 250 << 8) + home % 250 + 1)};
    setsockopt(peer->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    bind(peer->fd, (struct sockaddr *)&from, sizeof from);
  }
  struct sockaddr_in *to = &addresses[i % address_count];
  peer->state = CONNECTING;
  if (connect(peer->fd, (struct sockaddr *)to, sizeof *to) < 0 && errno != EINPROGRESS) { close_socket(peer, true); return; }
  struct epoll_event event = {.events = EPOLLOUT, .data.u32 = (uint32_t)i};
  epoll_ctl(poller, EPOLL_CTL_ADD, peer->fd, &event);
}
static void shake_hands(int i) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(peers[i].fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) { if (failed < 3) fprintf(stderr, "sockets: %s\n", strerror(error)); close_socket(&peers[i], true); return; }
  char request[2048];
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n%s%s"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                        path, header ? header : "", header ? "\r\n" : "");
  peers[i].state = SHAKING_HANDS;
  send_all(&peers[i], (uint8_t *)request, (size_t)length);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
  epoll_ctl(poller, EPOLL_CTL_MOD, peers[i].fd, &event);
}
static void turn(int timeout_ms) {
  static struct epoll_event events[EVENTS];
  int count = epoll_wait(poller, events, EVENTS, timeout_ms);
  for (int k = 0; k < count; k++) {
    int i = (int)events[k].data.u32;
    if (peers[i].state == CONNECTING) shake_hands(i);
    else if (peers[i].state != CLOSED) read_socket(i);
  }
}
static void begin(void) { live = failed = 0, came_live.count = 0, began_at = now_ns(); }
static double open_all(int at_once) {
  begin();
  for (int started = 0; live + failed < (uint64_t)wanted && since(began_at) < 120; turn(5))
    while (started < wanted && started - (int)(live + failed) < at_once) start(started++);
  return since(began_at);
}
/* As a crowd comes back: all at once, and who is turned away comes again a moment later. */
static double return_all(void) {
  begin();
  for (uint64_t looked_at = 0; live < (uint64_t)wanted && since(began_at) < 120; turn(5)) {
    if (looked_at && since(looked_at) < 1) continue;
    looked_at = now_ns();
    for (int i = 0; i < wanted; i++) if (peers[i].state == CLOSED) start(i);
  }
  return since(began_at);
}

/* Reporting ---------------------------------------------------------------------------------------------------- */

static void report_last(uint64_t expected) {
  uint32_t *complete = need(malloc(sizeof(uint32_t) * (sent + 1)));
  uint64_t count = 0;
  for (uint64_t number = 0; number < sent && number < MESSAGES; number++)
    if (heard_count[number] >= expected) complete[count++] = last_heard[number];
  report_times("last", complete, count);
  free(complete);
}

static void send_what_is_due(uint64_t from) {
  if (window) {
    while (sent * (uint64_t)receivers < deliveries + (uint64_t)window * (uint64_t)receivers) send_message((int)(sent % (uint64_t)senders), (uint32_t)sent);
  } else if (rate > 0) {
    for (uint64_t due = (uint64_t)(since(from) * rate); sent < due;) send_message((int)(sent % (uint64_t)senders), (uint32_t)sent);
  } else {
    for (int i = 0; i < senders; i++)
      while (peers[i].state == OPEN && peers[i].in_flight < in_flight_limit) send_message(i, 0);
  }
}
static void take_address(const char *text) {
  char host[64];
  int port;
  if (address_count == MAX_ADDRESSES || sscanf(text, "%63[^:]:%d", host, &port) != 2) die("bad --address");
  struct sockaddr_in *to = &addresses[address_count++];
  to->sin_family = AF_INET, to->sin_port = htons((uint16_t)port);
  if (inet_pton(AF_INET, host, &to->sin_addr) != 1) die("bad --address");
}
int main(int argc, char **argv) {
  const char *opening_again = NULL, *live_again = NULL;
  for (int i = 1; i + 1 < argc; i += 2) {
    const char *name = argv[i], *value = argv[i + 1];
#define IS(option) (!strcmp(name, option))
    if (IS("--address")) take_address(value);
    else if (IS("--sockets")) wanted = atoi(value);
    else if (IS("--path")) path = value;
    else if (IS("--header")) header = value;
    else if (IS("--opening")) opening = read_lines(value);
    else if (IS("--live")) live_text = value;
    else if (IS("--opening-again")) opening_again = value;
    else if (IS("--live-again")) live_again = value;
    else if (IS("--message")) message = read_lines(value);
    else if (IS("--window")) window = (uint32_t)atoi(value);
    else if (IS("--rate")) rate = atof(value);
    else if (IS("--in-flight")) in_flight_limit = (uint32_t)atoi(value);
    else if (IS("--senders")) senders = atoi(value);
    else if (IS("--receivers")) receivers = atoi(value);
    else if (IS("--seconds")) seconds = atof(value);
    else if (IS("--settle")) settle_seconds = atof(value);
    else if (IS("--burst")) burst = atoi(value);
    else if (IS("--per-address")) per_address = atoi(value);
    else if (IS("--pid")) meter_process(atoi(value));
    else die(usage);
  }
  if (argc % 2 == 0 || !address_count || senders > wanted || in_flight_limit > SLOTS) die(usage);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files), files.rlim_cur = files.rlim_max, setrlimit(RLIMIT_NOFILE, &files);
  peers = need(calloc((size_t)wanted, sizeof *peers));
  room = need(malloc(ROOM)), last_heard = need(calloc(MESSAGES, sizeof *last_heard));
  heard_count = need(calloc(MESSAGES, sizeof *heard_count));
  poller = epoll_create1(0), salt = (uint32_t)(now_ns() / 1000 * 2654435761u) & 0xffffff;
  double cpus[MAX_PROCESSES], clocks[MAX_PROCESSES], resident = resident_bytes();
  read_cpus(cpus);
  double took = open_all(burst);
  printf("{\"live\":%llu,\"failed\":%llu,\"connect_seconds\":%.3f", (unsigned long long)live, (unsigned long long)failed, took);
  report_cpus("connect_cpu_seconds", cpus);
  for (uint64_t from = now_ns(); since(from) < settle_seconds;) turn(5);
  printf(",\"resident_before\":%.0f,\"resident_after\":%.0f", resident, resident_bytes());
  if (opening_again) {
    for (int i = 0; i < wanted; i++) close_socket(&peers[i], false);
    opening = read_lines(opening_again), live_text = live_again;
    read_cpus(cpus);
    printf(",\"return_seconds\":%.3f", return_all());
    printf(",\"live_again\":%llu,\"failed_again\":%llu", (unsigned long long)live, (unsigned long long)failed);
    report_cpus("return_cpu_seconds", cpus);
    report_times("back", came_live.items, came_live.count);
  }
  if (!receivers) receivers = (int)live;
  deliveries = bytes_in = heard.count = 0;
  read_cpus(cpus), read_clocks(clocks);
  uint64_t from = began_at = now_ns();
  while (since(from) < seconds && live) { if (message.count) send_what_is_due(from); turn(message.count ? 1 : 50); }
  double elapsed = since(from);
  uint64_t in_time = deliveries, acknowledged_in_time = acknowledged, bytes = bytes_in;
  printf(",\"seconds\":%.3f", elapsed), report_cpus("cpu_seconds", cpus), report_clocks("task_clock_seconds", clocks);
  for (uint64_t end = now_ns(); message.count && since(end) < 5;) {
    if (in_flight_limit ? acknowledged + refused >= sent : deliveries >= sent * (uint64_t)receivers) break;
    turn(5);
  }
  printf(",\"sent\":%llu,\"acknowledged\":%llu,\"acknowledged_at_last\":%llu,\"refused\":%llu", (unsigned long long)sent,
         (unsigned long long)acknowledged_in_time, (unsigned long long)acknowledged, (unsigned long long)refused);
  printf(",\"deliveries\":%llu,\"missing\":%lld,\"bytes\":%llu", (unsigned long long)in_time,
         (long long)(sent * (uint64_t)receivers) - (long long)deliveries, (unsigned long long)bytes);
  report_times("heard", heard.items, heard.count);
  report_times("answered", answered.items, answered.count);
  if (!in_flight_limit) report_last((uint64_t)receivers);
  printf(",\"lost_sockets\":%llu}\n", (unsigned long long)failed);
  return 0;
}
