package store

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
)

// splitEntry takes the value and the id from an entry key that had its index prefix cut off.
func splitEntry(rest []byte) (value, id string, ok bool) {
	var b strings.Builder
	for {
		i := bytes.IndexByte(rest, 0)
		if i < 0 || i+1 == len(rest) {
			return "", "", false
		}
		b.Write(rest[:i])
		switch rest[i+1] {
		case 0x01:
			return b.String(), string(rest[i+2:]), true
		case 0xff:
			b.WriteByte(0)
		default:
			return "", "", false
		}
		rest = rest[i+2:]
	}
}

func FuzzEntryKey(f *testing.F) {
	f.Add("", "")
	f.Add("小学", "甲-1")
	f.Add("\x00\x01", "\x00\xff")
	f.Fuzz(func(t *testing.T, value, id string) {
		gotValue, gotID, ok := splitEntry([]byte(entryPrefix("", value) + id))
		if !ok || gotValue != value || gotID != id {
			t.Errorf("%q %q came back as %q %q %v", value, id, gotValue, gotID, ok)
		}
	})
}

func FuzzSplitEntry(f *testing.F) {
	for _, s := range []string{"", "a", "a\x00", "a\x00\x00", "a\x00\x02b", "a\x00\x01", "a\x00\xffb\x00\x01c"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, key []byte) {
		value, id, ok := splitEntry(key)
		if !ok && (value != "" || id != "") {
			t.Errorf("%q: refused, yet gave %q %q", key, value, id)
		}
		if ok && entryPrefix("", value)+id != string(key) {
			t.Errorf("%q is written %q", key, entryPrefix("", value)+id)
		}
	})
}

func TestIndexKeysKeepTheOrderOfValuesAndNeverNest(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune{0, 1, 'a', '书', 0xff}), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		ka, kb := entryPrefix("i", a), entryPrefix("i", b)
		if strings.Compare(a, b) != strings.Compare(ka, kb) {
			t.Errorf("%q %q sort as %q %q", a, b, ka, kb)
		}
		if a != b && strings.HasPrefix(ka, kb) {
			t.Errorf("a scan of %q finds %q", b, a)
		}
	})
}

func FuzzRecord(f *testing.F) {
	for _, s := range []string{"", "1\n{}", "2\n{\"A\":\"法\"}", "1\nnull", "01\n{}", "3\n{}", "1\n{\"A\":1}",
		"999999999999\n"} {
		f.Add([]byte(s))
	}
	type record struct{ A string }
	table := NewTable(
		"t",
		2,
		func(r *record) string { return "id" + r.A },
	).Upgrade(1, func(old []byte) ([]byte, error) { return old, nil })
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		v, err := table.decode(raw)
		if !bytes.Equal(raw, before) {
			t.Error("decoding changed what was lent")
		}
		if err != nil {
			if v != (record{}) || judging.CodeOf(err) != judging.Corrupt {
				t.Errorf("got %v with %v", v, err)
			}
			return
		}
		again, err := table.Row(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := table.decode(again.raw)
		if err != nil || back != v {
			t.Errorf("%v came back as %v, %v", v, back, err)
		}
	})
}
