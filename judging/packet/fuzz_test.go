package packet_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/packet"
)

const forgedID = "00112233445566aa"

// frame cuts files into chunks as a packet does.
func frame(files ...string) []byte {
	var out []byte
	for _, f := range files {
		if f != "" {
			out = binary.BigEndian.AppendUint32(out, uint32(len(f)))
			out = append(out, f...)
		}
		out = binary.BigEndian.AppendUint32(out, 0)
	}
	return out
}

func forgedHead(reply bool) packet.Header {
	return packet.Header{Reply: reply, Contest: "0123456789abcdef", Packet: forgedID}
}

func mustBeOurs(t *testing.T, err error) {
	t.Helper()
	var e *judging.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("not a judging.Error: %v", err)
	}
}

// FuzzPacket opens packets: raw bytes, as a thief or a faulty stick may leave them, and lists and media of someone
// who knows the passphrase.
func FuzzPacket(f *testing.F) {
	packet.Cheap(f)
	_, public, err := packet.NewReplyKey()
	if err != nil {
		f.Fatal(err)
	}
	c := contents(public)
	c.Duties.Works = c.Duties.Works[:2]
	good, media := packet.ForgedList(f, c, forgedID), frame("法", "", "画画")
	f.Add(packet.Forge(f, good, media, forgedHead(false), phrase), []byte(nil), true)
	f.Add(good, media, false)
	f.Add([]byte("FAYI-PACKET 2 something else\n"), []byte(nil), true)
	f.Add(
		[]byte("FAYI-PACKET 1 0123456789abcdef 00112233445566aa 999999999 "+strings.Repeat("0", 64)+"\n"),
		[]byte(nil),
		true,
	)
	f.Add([]byte(strings.Replace(string(good), "SF-0002", "../../x", 1)), frame("a"), false)
	f.Add(good, []byte{0xff, 0xff, 0xff, 0xff, 1}, false)
	f.Fuzz(func(t *testing.T, first, second []byte, raw bool) {
		if !raw {
			first = packet.Forge(t, first, second, forgedHead(false), phrase)
		}
		dir := t.TempDir()
		at := packet.Place{File: filepath.Join(dir, "x"), Dir: filepath.Join(dir, "work"), Now: clock()}
		if err := os.WriteFile(at.File, first, 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := packet.Open(context.Background(), at, phrase, nil)
		mustBeOurs(t, err)
		if err != nil {
			if p != nil {
				t.Fatal("a packet beside an error")
			}
			return
		}
		defer p.Close()
		use(t, p)
		if inside, err := os.ReadDir(dir); err != nil || len(inside) != 2 {
			t.Fatalf("something was written outside: %v, %v", inside, err)
		}
	})
}

// use does what a judge does with a packet.
func use(t *testing.T, p *packet.Packet) {
	d, err := p.Duties(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range d.Works {
		for n := range w.Files {
			r, err := p.OpenFile(context.Background(), w.Code, n, 0)
			if err != nil {
				t.Fatal(err)
			}
			if size, err := io.Copy(io.Discard, r); err != nil || size != w.Files[n].Bytes {
				t.Fatal(size, err)
			}
			r.Close()
		}
		b, err := p.Save(context.Background(), judging.Ballot{Code: w.Code, Comment: "好"})
		mustBeOurs(t, err)
		if got, err := p.Load(context.Background(), w.Code); err != nil || got.Comment != b.Comment {
			t.Fatal(got, err)
		}
	}
	mustBeOurs(t, p.Submit(context.Background(), phrase))
	mustBeOurs(t, p.Reply(io.Discard))
}

// FuzzReply reads replies: raw bytes, and anything that is rightly signed and sealed.
func FuzzReply(f *testing.F) {
	identity, public, err := packet.NewReplyKey()
	if err != nil {
		f.Fatal(err)
	}
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	said := judging.ScoreVersion{
		Ballot: judging.Ballot{Code: "SF-0001", State: judging.Scored, Total: 80, Mark: "a"},
		By:     "j001",
		Source: judging.Packet,
	}
	good, err := json.Marshal(packet.Reply{
		Packet:  forgedID,
		Contest: "0123456789abcdef",
		Judge:   "j001",
		Round:   1,
		Plan:    "abc",
		Seq:     1,
		Works:   []packet.ReplyWork{{Code: "SF-0001", Versions: []judging.ScoreVersion{said}}},
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packet.ForgeReply(f, zipped(f, good), forgedHead(true), key, public), byte(0))
	f.Add(good, byte(1))
	f.Add(zipped(f, good), byte(2))
	f.Fuzz(func(t *testing.T, data []byte, how byte) {
		switch how % 3 {
		case 1:
			data = packet.ForgeReply(t, zipped(t, data), forgedHead(true), key, public)
		case 2:
			data = packet.ForgeReply(t, data, forgedHead(true), key, public)
		}
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := packet.ReadReply(path, identity, key.Public().(ed25519.PublicKey))
		mustBeOurs(t, err)
		for _, w := range r.Works {
			if err == nil && len(w.Versions) == 0 {
				t.Fatalf("%+v", w)
			}
		}
	})
}

func zipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// FuzzJournal opens a packet over any journal: nothing panics, intact records stay, and the judge can continue.
func FuzzJournal(f *testing.F) {
	packet.Cheap(f)
	_, public, err := packet.NewReplyKey()
	if err != nil {
		f.Fatal(err)
	}
	c := contents(public)
	c.Duties.Works = c.Duties.Works[1:2]
	forged := packet.Forge(f, packet.ForgedList(f, c, forgedID), frame(), forgedHead(false), phrase)
	at := packet.Place{File: filepath.Join(f.TempDir(), "x"), Dir: f.TempDir(), Now: clock()}
	if err := os.WriteFile(at.File, forged, 0o600); err != nil {
		f.Fatal(err)
	}
	p, err := packet.Open(context.Background(), at, phrase, nil)
	if err != nil {
		f.Fatal(err)
	}
	for _, comment := range []string{"一", "二", "三"} {
		if _, err := p.Save(context.Background(), judging.Ballot{Code: "SF-0001", Comment: comment}); err != nil {
			f.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(at.Dir, forgedID, "journal"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-7])
	f.Add(append([]byte("\n\n!"), whole...))
	f.Fuzz(func(t *testing.T, data []byte) {
		at := at
		at.Dir = t.TempDir()
		if err := os.MkdirAll(filepath.Join(at.Dir, forgedID), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(at.Dir, forgedID, "journal"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := packet.Open(context.Background(), at, phrase, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		use(t, p)
	})
}
