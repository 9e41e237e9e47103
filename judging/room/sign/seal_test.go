package sign

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTwoWhoAgreeReadEachOtherAndNobodyElseDoes(t *testing.T) {
	page, room := side(t), side(t)
	asks, answers := page.Public(), room.Public()
	a, err := page.Agree(answers, asks, answers)
	b, err2 := room.Agree(asks, asks, answers)
	if err != nil || err2 != nil || a != b {
		t.Fatal(a, b, err, err2)
	}
	if c, err := side(t).Agree(answers, asks, answers); err != nil || c == a {
		t.Error("a third agrees on the same key", err)
	}
	if c, err := page.Agree(answers, answers, asks); err != nil || c == a {
		t.Error("who asks makes no difference", err)
	}
	zero := strings.Repeat("A", 43) // 32 bytes of 0: every secret with it is the same
	for _, bad := range []string{"", "A", zero, answers + "AA"} {
		if _, err := page.Agree(bad, asks, bad); err == nil {
			t.Errorf("agreed with %q", bad)
		}
	}
}

func side(t *testing.T) Private {
	t.Helper()
	p, err := NewPrivate(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestWhatIsSealedIsReadAsItWasAndNotOtherwise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "plain")
		key := Key{1, 2, 3}
		sealed, err := key.Seal(rand.Reader, "enter", plain)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := key.Unseal("enter", sealed); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%q, %v", got, err)
		}
		if len(plain) > 8 && strings.Contains(sealed, string(plain)) {
			t.Fatal("it can be read")
		}
		again, _ := key.Seal(rand.Reader, "enter", plain)
		if again == sealed {
			t.Fatal("what is sealed twice looks the same")
		}
		i := rapid.IntRange(0, len(sealed)-1).Draw(t, "at")
		changed := []byte(sealed)
		if changed[i] = 'A'; sealed[i] == 'A' {
			changed[i] = 'Q'
		}
		for what, err := range map[string]error{
			"changed": second(key.Unseal("enter", string(changed))), "another purpose": second(key.Unseal("x", sealed)),
			"another key": second(Key{9}.Unseal("enter", sealed)), "cut": second(key.Unseal("enter", sealed[:20])),
		} {
			// the last character may carry bits that stand for nothing
			if !errors.Is(err, ErrSealed) && !(what == "changed" && i == len(sealed)-1) {
				t.Fatalf("%s: %v", what, err)
			}
		}
	})
}

func second(_ []byte, err error) error { return err }
