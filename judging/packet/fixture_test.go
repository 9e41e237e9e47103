package packet_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/packet"
)

const phrase = "4821 0937 5516 2204 7730"

// made is a packet sealed once for all tests.
type made struct {
	data             []byte
	sealed           packet.Sealed
	identity, public string
}

var sealOnce = sync.OnceValues(func() (made, error) {
	var m made
	var err error
	if m.identity, m.public, err = packet.NewReplyKey(); err != nil {
		return m, err
	}
	var out bytes.Buffer
	m.sealed, err = packet.Seal(context.Background(), &out, contents(m.public), phrase, nil)
	m.data = out.Bytes()
	return m, err
})

// media are files of very different sizes; none is empty by chance.
var media = []string{"法者，治之端也。", "", strings.Repeat("画", 300_000), "歌"}

func contents(public string) packet.Contents {
	rubric := judging.Rubric{
		Scale:    100,
		Step:     0.5,
		Criteria: []judging.Criterion{{Name: "内容", Weight: 60}, {Name: "形式", Weight: 40}},
	}
	c := packet.Contents{
		Contest: "0123456789abcdef",
		Made:    time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC),
		ReplyTo: public,
		Duties: judging.Duties{
			Contest: "法治文化作品征集",
			Judge:   "j001",
			Name:    "王老师",
			Round:   1,
			Plan:    "abc",
			Rubrics: map[string]judging.Rubric{"书法": rubric},
		},
	}
	for _, w := range []judging.BlindWork{
		{Code: "SF-0002", Title: "守法", Category: "书法", Files: make([]judging.BlindFile, 3)},
		{Code: "SF-0001", Title: "学法", Category: "书法"},
		{Code: "SF-0003", Title: "用法", Category: "书法", Files: make([]judging.BlindFile, 1)},
	} {
		c.Duties.Works = append(c.Duties.Works, judging.Duty{BlindWork: w})
	}
	c.Open = func(_ context.Context, code judging.WorkCode, n int) (io.ReadCloser, error) {
		if code == "SF-0003" {
			n = 3
		}
		return io.NopCloser(strings.NewReader(media[n])), nil
	}
	return c
}

func sealed(t testing.TB) made {
	t.Helper()
	packet.Cheap(t)
	m, err := sealOnce()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// place puts the sealed packet into a folder of its own.
func place(t testing.TB) packet.Place {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "王老师"+packet.Ending)
	if err := os.WriteFile(path, sealed(t).data, 0o600); err != nil {
		t.Fatal(err)
	}
	return packet.Place{File: path, Dir: filepath.Join(dir, "work"), Now: clock()}
}

// clock goes back a minute at each reading.
func clock() func() time.Time {
	at := time.Date(2026, 5, 2, 9, 0, 0, 0, time.UTC)
	return func() time.Time { at = at.Add(-time.Minute); return at }
}

func open(t testing.TB, at packet.Place) *packet.Packet {
	t.Helper()
	p, err := packet.Open(t.Context(), at, phrase, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// score saves full marks and a comment for a work.
func score(t testing.TB, p *packet.Packet, code judging.WorkCode, comment string) {
	t.Helper()
	if _, err := p.Save(t.Context(), judging.Ballot{
		Code:    code,
		Marks:   map[string]float64{"内容": 60, "形式": 40},
		Comment: comment,
	}); err != nil {
		t.Fatal(err)
	}
}

func wantText(t testing.TB, err error, code judging.Code, text string) {
	t.Helper()
	if !errors.Is(err, &judging.Error{Code: code, Text: text}) {
		t.Errorf("%v, want %s %s", err, code, text)
	}
}
