package sign

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSignaturesAreThoseOfTheVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Token, ID, Method, Path, Session, Device, Body, Signature string
		Count                                                     uint64
	}
	if err := json.Unmarshal(raw, &vectors); err != nil || len(vectors) < 2 {
		t.Fatal(len(vectors), err)
	}
	for _, v := range vectors {
		key, err := KeyOf(v.Token)
		if err != nil {
			t.Fatal(err)
		}
		r := Request{Method: v.Method, Path: v.Path, Session: v.Session, Count: v.Count, Device: v.Device,
			Body: []byte(v.Body)}
		if key.ID() != v.ID || key.Sign(r) != v.Signature || !key.Signed(r, v.Signature) {
			t.Errorf("%s %s: id %s, signature %s", v.Method, v.Path, key.ID(), key.Sign(r))
		}
	}
}

func TestASignatureIsForOneRequestOnly(t *testing.T) {
	key := Key{1}
	r := Request{Method: "PUT", Path: "/a", Session: "s", Count: 3, Device: "d", Body: []byte("b")}
	good := key.Sign(r)
	for what, change := range map[string]func(*Request){
		"method": func(r *Request) { r.Method = "POST" }, "path": func(r *Request) { r.Path = "/a?" },
		"session": func(r *Request) { r.Session = "t" }, "count": func(r *Request) { r.Count = 4 },
		"device": func(r *Request) { r.Device = "e" }, "body": func(r *Request) { r.Body = nil },
	} {
		other := r
		if change(&other); key.Signed(other, good) {
			t.Errorf("signed for another %s", what)
		}
	}
	if (Key{2}).Signed(r, good) || key.Signed(r, "") || key.Signed(r, strings.ToUpper(good)) {
		t.Error("signed by another key, or by nothing")
	}
}

func TestTokensAreReadAsTheyWereMade(t *testing.T) {
	token, err := NewToken(bytes.NewReader(bytes.Repeat([]byte{0xFB}, 16)))
	if err != nil || len(token) != 22 {
		t.Fatal(token, err)
	}
	a, err := KeyOf(" " + token + "\n")
	b, err2 := KeyOf(token)
	if err != nil || err2 != nil || a != b || a.ID() != b.ID() || len(a.ID()) != 16 {
		t.Error(a, b, err, err2)
	}
	for _, bad := range []string{"", "abc", token + "A", token[:21], strings.Repeat("=", 22)} {
		if _, err := KeyOf(bad); err == nil {
			t.Errorf("%q is taken for a token", bad)
		}
	}
	if _, err := NewToken(bytes.NewReader(nil)); err == nil {
		t.Error("a token of no randomness")
	}
}

// TestNothingIsTakenTwice compares sessions with a list of all that was ever taken.
func TestNothingIsTakenTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := NewSessions([]byte("key"))
		var names []string
		taken := map[string]bool{}
		for range rapid.IntRange(1, 400).Draw(t, "steps") {
			if len(names) == 0 || rapid.IntRange(0, 9).Draw(t, "what") == 0 {
				names = append(names, s.Open("p"))
			}
			name := rapid.SampledFrom(names).Draw(t, "session")
			count := uint64(rapid.IntRange(0, 900).Draw(t, "count"))
			id := name + " " + strconv.FormatUint(count, 10)
			err := s.Use("p", name, count)
			if err == nil && (taken[id] || count == 0) {
				t.Fatalf("%s was taken twice", id)
			}
			if err == nil {
				taken[id] = true
			}
			if err == nil && s.Use("p", name, count) == nil {
				t.Fatalf("%s was taken at once again", id)
			}
		}
	})
}

func TestRequestsMayComeOutOfOrder(t *testing.T) {
	s := NewSessions([]byte("key"))
	name := s.Open("p")
	for _, n := range []uint64{1, 5, 3, 2, 4, 300, 45, 299, 1000, 745} {
		if err := s.Use("p", name, n); err != nil {
			t.Errorf("%d: %v", n, err)
		}
	}
	for _, n := range []uint64{1, 300, 1000, 745, 744, 0} {
		if err := s.Use("p", name, n); !errors.Is(err, ErrReplayed) {
			t.Errorf("%d: %v", n, err)
		}
	}
}

func TestASessionIsOfOnePassAndOneRun(t *testing.T) {
	s := NewSessions([]byte("key"))
	name := s.Open("p")
	for what, err := range map[string]error{
		"another pass": s.Use("q", name, 1), "another run": NewSessions([]byte("other")).Use("p", name, 1),
		"nonsense": s.Use("p", "1.x", 1), "nothing": s.Use("p", "", 1),
	} {
		if !errors.Is(err, ErrNoSession) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for range perPass + 1 {
		if err := s.Use("p", s.Open("p"), 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Use("p", name, 1); !errors.Is(err, ErrNoSession) {
		t.Errorf("a session older than all that are open: %v", err)
	}
}

// TestAClosedSessionClosesNoOther: the session used longest ago gives way to a new one, and whoever sends in it again
// is refused without another having to give way.
func TestAClosedSessionClosesNoOther(t *testing.T) {
	s := NewSessions([]byte("key"))
	var names []string
	for range perPass + 1 {
		names = append(names, s.Open("p"))
		if err := s.Use("p", names[len(names)-1], 1); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		if err := s.Use("p", names[0], 2); !errors.Is(err, ErrNoSession) {
			t.Errorf("the closed session: %v", err)
		}
	}
	for i, name := range names[1:] {
		if err := s.Use("p", name, 2); err != nil {
			t.Errorf("open session %d: %v", i+1, err)
		}
	}
}
