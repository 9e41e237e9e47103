package packet_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/packet"
	"fayi/judging/terms"
)

// pledged is a packet whose judge is asked for a pledge. It bears a format that older programs refuse: they would let
// the judge score without it.
func pledged(t *testing.T) packet.Place {
	t.Helper()
	packet.Cheap(t)
	_, public, err := packet.NewReplyKey()
	if err != nil {
		t.Fatal(err)
	}
	c := contents(public)
	c.Duties.Pledge = terms.Pledge("公正评审").Asked("", "", time.Time{})
	var b bytes.Buffer
	if _, err := packet.Seal(t.Context(), &b, c, phrase, nil); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b.Bytes(), []byte("FAYI-PACKET 4 ")) {
		t.Errorf("begins %q", b.Bytes()[:20])
	}
	path := filepath.Join(t.TempDir(), "a"+packet.Ending)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return packet.Place{File: path, Dir: t.TempDir(), Now: clock()}
}

func TestAPacketKeepsNoScoreBeforeThePledge(t *testing.T) {
	judgetest.PledgedBallotsSuite(t, func(t *testing.T) judging.Ballots { return open(t, pledged(t)) })
}

// The pledge is in the journal on the judge's machine: a packet that is opened again knows it.
func TestAPledgeOutlivesThePacketsEnd(t *testing.T) {
	at := pledged(t)
	p := open(t, at)
	d, err := p.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Pledge(t.Context(), d.Pledge.Sum); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, at)
	if d, err = again.Duties(t.Context()); err != nil || d.Pledge.Open() {
		t.Errorf("%+v %v", d.Pledge, err)
	}
	score(t, again, "SF-0001", "")
}
