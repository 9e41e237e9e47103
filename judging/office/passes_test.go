package office_test

import (
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/room/sign"
)

func passOf(t *testing.T, o *office.Office, judge judging.JudgeID) string {
	t.Helper()
	issued, err := o.Passes().IssuePasses(t.Context(), []judging.JudgeID{judge})
	must(t, err)
	key, err := sign.KeyOf(issued[0].Token)
	must(t, err)
	return key.ID()
}

func TestAPassIsBoundToItsFirstDeviceUntilItIsReleased(t *testing.T) {
	o := published(t, 6)
	door, err := o.Passes().Door(t.Context())
	must(t, err)
	id := passOf(t, o, "j001")
	admit := func(device string, want judging.Code, text string) {
		t.Helper()
		if err := door.Admit(t.Context(), id, device, "ipad"); want == "" {
			must(t, err)
		} else {
			wantCode(t, err, want, text)
		}
	}
	admit("one", "", "")
	admit("one", "", "")
	admit("two", judging.Forbidden, "room.other_device")
	must(t, o.Passes().ReleaseDevice(t.Context(), "j001"))
	admit("one", "", "") // goes on until another comes
	admit("two", "", "")
	admit("one", judging.Forbidden, "room.other_device")
	all, err := o.Passes().Passes(t.Context())
	must(t, err)
	if len(all) != 6 || all[0].Kind != "ipad" || all[0].Bound.IsZero() || !all[1].Issued.IsZero() {
		t.Errorf("passes %+v", all)
	}
}

func TestAPassThatIsReplacedOrRevokedOpensNothing(t *testing.T) {
	o := published(t, 6)
	door, err := o.Passes().Door(t.Context())
	must(t, err)
	first := passOf(t, o, "j001")
	if g, err := door.Find(t.Context(), first); err != nil || g.Judge != "j001" || g.Key.ID() != first {
		t.Fatalf("found %+v, %v", g, err)
	}
	second := passOf(t, o, "j001")
	_, err = door.Find(t.Context(), first)
	wantCode(t, err, judging.Forbidden, "room.no_pass")
	must(t, o.Passes().RevokePass(t.Context(), "j001"))
	_, err = door.Find(t.Context(), second)
	wantCode(t, err, judging.Forbidden, "room.no_pass")
	wantCode(t, door.Admit(t.Context(), second, "one", "ipad"), judging.Forbidden, "room.no_pass")
	wantCode(t, o.Passes().RevokePass(t.Context(), "j001"), judging.NotFound, "room.none")
	wantCode(t, o.Passes().ReleaseDevice(t.Context(), "j009"), judging.NotFound, "judges.missing")
}

func TestTheRoomsSecretIsTheContestsAndStays(t *testing.T) {
	o := published(t, 6)
	one, err := o.Passes().Door(t.Context())
	must(t, err)
	two, err := o.Passes().Door(t.Context())
	must(t, err)
	if string(one.Secret("media")) != string(two.Secret("media")) ||
		string(one.Secret("media")) == string(one.Secret("tags")) || len(one.Secret("media")) != 32 {
		t.Error("the secrets of one contest differ, or those of two purposes do not")
	}
}
