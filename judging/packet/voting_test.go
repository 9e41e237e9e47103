package packet_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/packet"
	"fayi/judging/voting"
)

// A packet without marks bears a format that older programs refuse, and keeps to the number of votes by itself.
func TestAPacketOfVotesKeepsToTheirNumber(t *testing.T) {
	packet.Cheap(t)
	_, public, err := packet.NewReplyKey()
	if err != nil {
		t.Fatal(err)
	}
	c := contents(public)
	rule := voting.Rule{Kind: voting.Votes, Votes: 1}
	c.Duties.Voting = &rule
	for i, w := range c.Duties.Works {
		c.Duties.Works[i].List = "书法"
		c.Duties.Rubrics[w.Category] = judging.Rubric{
			Scale: voting.For, Step: rule.Step(), Bands: rule.Bands(),
			Criteria: []judging.Criterion{{Name: rule.Name(), Weight: voting.For}},
		}
	}
	if len(c.Duties.Works) < 2 {
		t.Fatal("one work can't be voted for twice")
	}
	var b bytes.Buffer
	if _, err := packet.Seal(t.Context(), &b, c, phrase, nil); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b.Bytes(), []byte("FAYI-PACKET 3 ")) {
		t.Errorf("begins %q", b.Bytes()[:20])
	}
	path := filepath.Join(t.TempDir(), "a"+packet.Ending)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := packet.Open(t.Context(), packet.Place{File: path, Dir: t.TempDir(), Now: clock()}, phrase, nil)
	if err != nil {
		t.Fatal(err)
	}
	say := func(w judging.Duty, v float64) {
		t.Helper()
		got, err := p.Save(t.Context(), judging.Ballot{Code: w.Code, Marks: map[string]float64{rule.Name(): v}})
		if err != nil || got.State != judging.Scored {
			t.Fatal(got, err)
		}
	}
	for _, w := range c.Duties.Works {
		say(w, voting.For)
	}
	if err := p.Submit(t.Context(), phrase); judging.CodeOf(err) != judging.Clash {
		t.Error("too many votes are handed in:", err)
	}
	for _, w := range c.Duties.Works[1:] {
		say(w, voting.Against)
	}
	if err := p.Submit(t.Context(), phrase); err != nil {
		t.Error(err)
	}
}
