package text

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const poem = "宪法宣传周，𠮷日。\r\n"

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTextsAreReadInEachEncoding(t *testing.T) {
	gb := encoded(t, simplifiedchinese.GB18030, poem)
	for name, c := range map[string]struct {
		data []byte
		mark bool // FindEncoding leaves the mark in UTF-8 to its caller
	}{
		"UTF-8":            {[]byte(poem), false},
		"UTF-8 with mark":  {[]byte("\uFEFF" + poem), true},
		"UTF-16 little":    {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), poem), false},
		"UTF-16 big":       {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), poem), false},
		"GB18030":          {gb, false},
		"GB18030, a MiB":   {bytes.Repeat(gb, 1<<20/len(gb)), false},
		"UTF-8, a MiB":     {bytes.Repeat([]byte(poem), 1<<20/len(poem)), false},
		"nothing":          {nil, false},
		"one letter":       {[]byte("a"), false},
		"one mark only":    {[]byte("\xFF\xFE"), false},
		"ASCII, two bytes": {[]byte("ab"), false},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := FindEncoding(bytes.NewReader(c.data))
			if err != nil {
				t.Fatal(err)
			}
			read := c.data
			if e != nil {
				if read, err = e.NewDecoder().Bytes(c.data); err != nil {
					t.Fatal(err)
				}
			}
			if c.mark {
				read = bytes.TrimPrefix(read, []byte("\uFEFF"))
			}
			if got := Decode(c.data); got != string(read) {
				t.Errorf("%.60q and %.60q", got, read)
			}
			if want := poem; len(c.data) > 20 && !strings.HasPrefix(string(read), want) {
				t.Errorf("%.60q", read)
			}
			if g := GuessEncoding(c.data[:min(len(c.data), 21)]); (g == nil) != (e == nil) {
				t.Errorf("guessed %v, found %v", g, e)
			}
			if len(c.data) > 0 && !Is(c.data[:min(len(c.data), 21)]) { // cut in a character
				t.Error("no text")
			}
		})
	}
}

func TestWhatIsNoTextIsNotTakenForOne(t *testing.T) {
	for _, s := range []string{"", "\x00\x01", "MZ\x90\x00", "a\x00b", "\x81\xFF\x81\xFF\x81\xFF\x81\xFF"} {
		if Is([]byte(s)) {
			t.Errorf("%q", s)
		}
	}
	if _, err := FindEncoding(strings.NewReader("\x80\xFF\x80\xFF\xFF\xFF")); !errors.Is(err, ErrEncoding) {
		t.Errorf("%v", err)
	}
	broken := errors.New("broken")
	ok, err := allUTF8(io.MultiReader(strings.NewReader("法"), iotest.ErrReader(broken)), false)
	if ok || err != broken {
		t.Errorf("%v, %v", ok, err)
	}
	if got := Decode([]byte("a\x80\xFF")); !strings.HasPrefix(got, "a") {
		t.Errorf("%q", got)
	}
}

func TestAByteAtATimeIsTheSameText(t *testing.T) {
	for _, c := range []struct {
		s  string
		ok bool
	}{{poem, true}, {poem[:len(poem)-3], false}, {"a\uFFFD", true}} {
		if ok, err := allUTF8(iotest.OneByteReader(strings.NewReader(c.s)), false); ok != c.ok || err != nil {
			t.Errorf("%q: %v, %v", c.s, ok, err)
		}
	}
	if ok, _ := allUTF8(strings.NewReader("a\uFFFD"), true); ok {
		t.Error("a gap that a decoder filled")
	}
}

func TestNamesInArchivesAreReadable(t *testing.T) {
	gb := encoded(t, simplifiedchinese.GB18030, "书法/作品.jpg")
	for raw, want := range map[string]string{string(gb): "书法/作品.jpg", "书法/作品.jpg": "书法/作品.jpg", "": ""} {
		if got := FileName(raw); got != want {
			t.Errorf("%q", got)
		}
	}
}
