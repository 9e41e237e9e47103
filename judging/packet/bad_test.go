package packet_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/packet"
)

// cheapPacket is a packet whose passphrase costs nothing to try, in a folder of its own.
func cheapPacket(t *testing.T) (packet.Place, []byte, made) {
	t.Helper()
	packet.Cheap(t)
	var m made
	var err error
	if m.identity, m.public, err = packet.NewReplyKey(); err != nil {
		t.Fatal(err)
	}
	c := contents(m.public)
	c.Duties.Works = c.Duties.Works[1:]
	var out bytes.Buffer
	if m.sealed, err = packet.Seal(t.Context(), &out, c, phrase, nil); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	return packet.Place{File: filepath.Join(dir, "x"), Dir: filepath.Join(dir, "work"), Now: clock()}, out.Bytes(), m
}

func put(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestABitTurnedAnywhereIsFound(t *testing.T) {
	at, data, _ := cheapPacket(t)
	chance := rand.New(rand.NewPCG(1, 2))
	var places []int
	for i := range 260 { // the plain line and the first lines of the sealed part, bit by bit
		places = append(places, i)
	}
	for range 600 {
		places = append(places, chance.IntN(len(data)))
	}
	places = append(places, len(data)-1, len(data)-16, len(data)-17)
	for _, i := range places {
		bad := bytes.Clone(data)
		bad[i] ^= 1 << chance.IntN(8)
		put(t, at.File, bad)
		p, err := packet.Open(t.Context(), at, phrase, nil)
		if err == nil {
			p.Close()
			t.Fatalf("byte %d: opened", i)
		}
		if code := judging.CodeOf(err); code != judging.Corrupt && code != judging.Invalid {
			t.Errorf("byte %d: %v", i, err)
		}
		if left := packet.Known(at.Dir); len(left) > 0 {
			t.Fatalf("byte %d: left as if whole: %v", i, left)
		}
	}
	put(t, at.File, data)
	open(t, at) // what the failed tries left does not stand in the way
}

func TestACutPacketIsFoundWhereverItIsCut(t *testing.T) {
	at, data, _ := cheapPacket(t)
	for n := 0; n < len(data); n += 1 + n/7 {
		put(t, at.File, data[:n])
		_, err := packet.Open(t.Context(), at, phrase, nil)
		if code := judging.CodeOf(err); code != judging.Corrupt && code != judging.Invalid {
			t.Errorf("%d bytes of %d: %v", n, len(data), err)
		}
	}
	put(t, at.File, append(bytes.Clone(data), 0))
	_, err := packet.Open(t.Context(), at, phrase, nil)
	wantText(t, err, judging.Corrupt, "packet.damaged")
}

func TestABitTurnedInAReplyIsFound(t *testing.T) {
	at, data, m := cheapPacket(t)
	put(t, at.File, data)
	p := open(t, at)
	score(t, p, "SF-0001", "一")
	path := writeReply(t, p)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		bad := bytes.Clone(whole)
		bad[i] ^= byte(1 << (i % 8))
		put(t, path, bad)
		_, err := packet.ReadReply(path, m.identity, m.sealed.Key)
		if code := judging.CodeOf(err); code != judging.Corrupt && code != judging.Invalid {
			t.Errorf("byte %d of %d: %v", i, len(whole), err)
		}
		put(t, path, whole[:i])
		if _, err := packet.ReadReply(path, m.identity, m.sealed.Key); err == nil {
			t.Errorf("cut at %d: read", i)
		}
	}
}

func TestOtherFormatsAreRefusedByName(t *testing.T) {
	at, data, m := cheapPacket(t)
	for from, want := range map[string]string{"6": "packet.newer", "17": "packet.newer", "0": "packet.older"} {
		put(t, at.File, bytes.Replace(data, []byte("PACKET 1"), []byte("PACKET "+from), 1))
		_, err := packet.Open(t.Context(), at, phrase, nil)
		wantText(t, err, judging.Invalid, want)
	}
	put(t, at.File, []byte("FAYI-REPLY 9 in whatever way that will be written\n"))
	_, err := packet.ReadReply(at.File, m.identity, m.sealed.Key)
	wantText(t, err, judging.Invalid, "packet.newer")
	for _, other := range []string{"", "PK\x03\x04", "FAYI", strings.Repeat("A", 1<<20)} {
		put(t, at.File, []byte(other))
		_, err := packet.Open(t.Context(), at, phrase, nil)
		wantText(t, err, judging.Invalid, "packet.unknown")
	}
	at.File = filepath.Dir(at.File)
	_, err = packet.Open(t.Context(), at, phrase, nil)
	wantText(t, err, judging.Invalid, "packet.unknown")
}

func TestWhoKnowsThePassphraseCannotLeadAProgramAstray(t *testing.T) {
	packet.Cheap(t)
	_, public, err := packet.NewReplyKey()
	if err != nil {
		t.Fatal(err)
	}
	c := contents(public)
	c.Duties.Works = c.Duties.Works[:1] // three files
	good := string(packet.ForgedList(t, c, forgedID))
	whole := frame("一", "二", "三")
	for what, made := range map[string]struct {
		list  string
		media []byte
	}{
		"another contest":          {strings.Replace(good, "0123456789abcdef", "fedcba9876543210", 1), whole},
		"a path for a name":        {strings.Replace(good, forgedID, "../../../../../etc", 1), whole},
		"no rubric":                {strings.Replace(good, `"书法":{`, `"绘画":{`, 1), whole},
		"a rubric that won't do":   {strings.Replace(good, `"scale":100`, `"scale":-1`, 1), whole},
		"no judge":                 {strings.Replace(good, `"judge":"j001"`, `"judge":""`, 1), whole},
		"no JSON":                  {good[1:], whole},
		"a work twice":             {strings.Replace(good, `"code":"SF-0002"`, `"code":""`, 1), whole},
		"no key to sign with":      {strings.Replace(good, `"sign":"`, `"sign":"AAAA","x":"`, 1), whole},
		"no key for media":         {strings.Replace(good, `AGE-SECRET-KEY-1`, `AGE-SECRET-KEY-2`, 1), whole},
		"too few files":            {good, frame("一", "二")},
		"too many files":           {good, frame("一", "二", "三", "四")},
		"a piece beyond all sizes": {good, binary.BigEndian.AppendUint32(nil, 1<<31)},
		"a piece cut short":        {good, append(binary.BigEndian.AppendUint32(nil, 1000), "x"...)},
	} {
		dir := t.TempDir()
		at := packet.Place{File: filepath.Join(dir, "x"), Dir: filepath.Join(dir, "work"), Now: clock()}
		put(t, at.File, packet.Forge(t, []byte(made.list), made.media, forgedHead(false), phrase))
		p, err := packet.Open(t.Context(), at, phrase, nil)
		if err == nil {
			p.Close()
		}
		if judging.CodeOf(err) != judging.Corrupt {
			t.Errorf("%s: %v", what, err)
		}
		if inside, _ := filepath.Glob(filepath.Join(dir, "*")); len(inside) > 2 {
			t.Errorf("%s: wrote %v", what, inside)
		}
	}
}

func TestTheSameNameWithAnotherKeyIsAnotherPacket(t *testing.T) {
	at, data, _ := cheapPacket(t)
	put(t, at.File, data)
	open(t, at).Close()
	_, other, _ := cheapPacket(t)
	id := func(p []byte) string { return strings.Fields(string(p[:60]))[3] }
	put(t, at.File, bytes.Replace(other, []byte(id(other)), []byte(id(data)), 1))
	_, err := packet.Open(t.Context(), at, phrase, nil)
	wantText(t, err, judging.Corrupt, "packet.damaged")
}

func TestADamagedRecordIsCountedAndTheOthersStay(t *testing.T) {
	at, data, _ := cheapPacket(t)
	put(t, at.File, data)
	p := open(t, at)
	score(t, p, "SF-0001", "一")
	score(t, p, "SF-0001", "二")
	score(t, p, "SF-0003", "三")
	id := p.ID()
	p.Close()
	path := filepath.Join(at.Dir, id, "journal")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	second := bytes.IndexByte(whole, '\n') + 20
	whole[second] ^= 2
	put(t, path, append(whole, "half a line of a crash"...))
	p = open(t, at)
	if p.Lost() != 1 {
		t.Errorf("%d lost", p.Lost())
	}
	for code, want := range map[judging.WorkCode]string{"SF-0001": "一", "SF-0003": "三"} {
		if b, err := p.Load(t.Context(), code); err != nil || b.Comment != want {
			t.Errorf("%+v, %v", b, err)
		}
	}
	score(t, p, "SF-0001", "四")
	p.Close()
	p = open(t, at)
	if b, err := p.Load(t.Context(), "SF-0001"); err != nil || b.Comment != "四" || p.Lost() != 1 {
		t.Errorf("%+v, %v, %d lost", b, err, p.Lost())
	}
}

func TestScoresAreNotReadableOnTheJudgesDisk(t *testing.T) {
	at, data, _ := cheapPacket(t)
	put(t, at.File, data)
	p := open(t, at)
	score(t, p, "SF-0001", "气韵生动")
	raw, err := os.ReadFile(filepath.Join(at.Dir, p.ID(), "journal"))
	if err != nil || bytes.Contains(raw, []byte("SF-0001")) || bytes.Contains(raw, []byte("气韵")) {
		t.Errorf("%q, %v", raw, err)
	}
}
