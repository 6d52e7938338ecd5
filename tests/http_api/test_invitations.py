from uuid import uuid4

from tests.http_api.node import Browser, Node, error_code

TOKEN = "an-invitation-of-128-bits"


async def test_an_invitation_says_where_it_leads_to_whoever_holds_it(node: Node, ada: Browser, bo: Browser) -> None:
    board_id, invitation_id = await ada.new_board("Marathon"), str(uuid4())
    await ada.command("invitation.create", board_id=board_id, invitation_id=invitation_id, role="editor", token=TOKEN)
    link = {"board_id": board_id, "invitation_id": invitation_id, "token": TOKEN}
    stranger = node.browser()
    response = await stranger.post("/invitations/preview", link)
    assert response.json() == {"board_title": "Marathon", "invited_by": "Ada", "role": "editor"}

    wrong = [
        await stranger.post("/invitations/preview", link | {"token": TOKEN + "x"}),
        await stranger.post("/invitations/preview", link | {"invitation_id": str(uuid4())}),
        await stranger.post("/invitations/preview", link | {"board_id": str(uuid4())}),
    ]
    await bo.command("invitation.accept", **link)
    wrong.append(await stranger.post("/invitations/preview", link))
    assert {response.status_code for response in wrong} == {410}
    assert {response.text for response in wrong} == {wrong[0].text}
    assert error_code(wrong[0]) == "invitation_invalid"
