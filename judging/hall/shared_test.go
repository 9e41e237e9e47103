package hall_test

import (
	"net"
	"path/filepath"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/sealing"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/logtest"
)

// TestAContestThatFollowsASharedLog is shared by an office's computer, which reads what judges saved in the hall; when
// that computer is off, the hall shows the list and refuses to save.
func TestAContestThatFollowsASharedLog(t *testing.T) {
	office, folder := t.TempDir(), t.TempDir()
	tokens := contests(t, office, "a.fayi")
	clock := &clock{}
	first := door(clock.now)
	first.Serves = true
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := "lan://" + l.Addr().String()
	must(t, l.Close())
	invitation, err := first.Share(t.Context(), filepath.Join(office, "a.fayi"), address, "一号机", first.Known(nil), nil)
	must(t, err)
	here, err := first.Open(t.Context(), filepath.Join(office, "a.fayi"), nil)
	must(t, err)
	defer here.Close()
	_, err = door(clock.now).Join(t.Context(), sealing.Joining{
		Invitation: invitation, Dir: filepath.Join(folder, "a.fayi"), Writer: "评审厅",
		Password: func() (string, error) { return "", nil },
	}, nil)
	must(t, err)
	h := open(t, folder, nil)
	c := h.desk("a.fayi", tokens["a.fayi"]["j001"])
	b, err := score(t.Context(), c, 0, "m1")
	must(t, err)
	eventually(t, "the office reads it", func() bool {
		said, err := here.Scoring().Desk("j001").History(t.Context(), b.Code)
		return err == nil && len(said) == 1
	})
	eventually(t, "the office sees that the hall is there", func() bool {
		f, _ := first.Standing(filepath.Join(office, "a.fayi"))
		all, err := f.DB.AskHere(t.Context(), clock.now())
		return err == nil && slices.ContainsFunc(all, func(p replica.Present) bool { return p.Writer == "评审厅" })
	})
	must(t, here.Close())
	if _, err := c.Duties(t.Context()); err != nil {
		t.Errorf("the list without the log: %v", err)
	}
	if _, err := score(t.Context(), c, 1, "m2"); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("a save without the log: %v", err)
	}
}

// TestAContestThatIsSharedOverEtcd goes on in the hall while a member, and the office's computer, are off; without most
// members the hall refuses to save, and it goes on by itself when they are back.
func TestAContestThatIsSharedOverEtcd(t *testing.T) {
	if testing.Short() {
		t.Skip("three members of etcd; make test-long")
	}
	engine := logtest.Start(t, "etcd")
	office, folder := t.TempDir(), t.TempDir()
	tokens := contests(t, office, "a.fayi")
	clock := &clock{}
	at, first := filepath.Join(office, "a.fayi"), door(clock.now)
	invitation, err := first.Share(t.Context(), at, engine.Addrs[0], "一号机", first.Known(nil), nil)
	must(t, err)
	_, err = door(clock.now).Join(t.Context(), sealing.Joining{
		Invitation: invitation, Dir: filepath.Join(folder, "a.fayi"), Writer: "评审厅",
		Password: func() (string, error) { return "", nil },
	}, nil)
	must(t, err)
	here, err := first.Open(t.Context(), at, nil)
	must(t, err)
	h := open(t, folder, nil)
	c := h.desk("a.fayi", tokens["a.fayi"]["j001"])
	said := func(code judging.WorkCode) bool {
		all, err := here.Scoring().Desk("j001").History(t.Context(), code)
		return err == nil && len(all) == 1
	}
	b, err := score(t.Context(), c, 0, "m1")
	must(t, err)
	eventually(t, "the office reads it", func() bool { return said(b.Code) })
	must(t, here.Close())
	engine.Kill(1)
	eventually(t, "saved with two members of three, and no office", func() bool {
		b, err = score(t.Context(), c, 1, "m2")
		return err == nil
	})
	engine.Kill(2)
	if _, err := score(t.Context(), c, 2, "m3"); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("a save with one member of three: %v", err)
	}
	if _, err := c.Duties(t.Context()); err != nil {
		t.Errorf("the list without the log: %v", err)
	}
	engine.Revive(1)
	engine.Revive(2)
	eventually(t, "saved again", func() bool {
		_, err = score(t.Context(), c, 2, "m3")
		return err == nil
	})
	here, err = first.Open(t.Context(), at, nil)
	must(t, err)
	defer here.Close()
	eventually(t, "the office reads what it missed", func() bool { return said(b.Code) })
}
