package hall_test

import (
	"net"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/sealing"
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
	must(t, here.Close())
	if _, err := c.Duties(t.Context()); err != nil {
		t.Errorf("the list without the log: %v", err)
	}
	if _, err := score(t.Context(), c, 1, "m2"); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("a save without the log: %v", err)
	}
}
