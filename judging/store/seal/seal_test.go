package seal_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store/seal"
)

var cheap = seal.Cost{Passes: 1, Memory: 64, Threads: 1}

const password = "司法为民2020"

func made(t testing.TB, seed byte) (*seal.Key, seal.Lock, string) {
	t.Helper()
	key, lock, code, err := seal.New(rand.NewChaCha8([32]byte{seed}), cheap, password)
	if err != nil {
		t.Fatal(err)
	}
	return key, lock, code
}

func TestALockOpensToItsPasswordAndItsCode(t *testing.T) {
	key, lock, code := made(t, 1)
	if len(code) != 34 || strings.Count(code, "-") != 6 {
		t.Fatalf("the code is %q", code)
	}
	wide := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, code)
	for _, typed := range []string{
		password, "  司法为民２０２０　", code, wide, strings.ReplaceAll(code, "-", ""),
		strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(code, "-", " \n"), "0", "O"), "1", "l"),
	} {
		got, err := lock.Open(typed)
		if err != nil || !got.Opens(lock) {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		shut := key.Seal(nil, []byte("值"), []byte("p"))
		if value, ok := got.Open(nil, shut, []byte("p")); !ok || string(value) != "值" {
			t.Errorf("%q opens another key", typed)
		}
	}
	other, _, otherCode := made(t, 2)
	if other.Opens(lock) {
		t.Error("two contests have one key")
	}
	for typed, want := range map[string]error{
		"": seal.ErrWrong, "司法为民2021": seal.ErrWrong, otherCode: seal.ErrWrong, code[:33]: seal.ErrWrong,
		code[:33] + string('0'+(code[33]-'0'+1)%10): seal.ErrMistyped,
	} {
		if _, err := lock.Open(typed); !errors.Is(err, want) || judging.CodeOf(err) != judging.Forbidden {
			t.Errorf("%q: %v, want %v", typed, err, want)
		}
	}
}

// TestEverySlipInACodeIsFound changes each digit to each other one, and swaps each two neighbours.
func TestEverySlipInACodeIsFound(t *testing.T) {
	_, lock, code := made(t, 1)
	digits := []byte(strings.ReplaceAll(code, "-", ""))
	try := func(typed []byte) {
		if _, err := lock.Open(string(typed)); !errors.Is(err, seal.ErrMistyped) {
			t.Errorf("%s for %s: %v", typed, digits, err)
		}
	}
	for i := range digits {
		for d := byte('0'); d <= '9'; d++ {
			if typed := bytes.Clone(digits); typed[i] != d {
				typed[i] = d
				try(typed)
			}
		}
		if i > 0 && digits[i] != digits[i-1] {
			typed := bytes.Clone(digits)
			typed[i], typed[i-1] = typed[i-1], typed[i]
			try(typed)
		}
	}
}

func TestAPasswordHasALength(t *testing.T) {
	for p, ok := range map[string]bool{
		"1234567": false, " 123456 ": false, "12345678": true, strings.Repeat("长", 64): true,
		strings.Repeat("长", 65): false,
	} {
		if _, _, _, err := seal.New(rand.NewChaCha8([32]byte{}), cheap, p); (err == nil) != ok {
			t.Errorf("%q: %v", p, err)
		} else if !ok && judging.CodeOf(err) != judging.Invalid {
			t.Error(err)
		}
	}
}

func TestALockIsReadBackOrRefused(t *testing.T) {
	_, lock, _ := made(t, 1)
	raw := lock.Encode()
	if back, err := seal.Decode(raw); err != nil || !bytes.Equal(back.Encode(), raw) {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{`"version":1`, `"version":2`}, {`"version":1`, `"version":0`}, {`"memory":64`, `"memory":4294967295`},
		{`"passes":1`, `"passes":4000000000`}, {`"passes":1`, `"passes":0`}, {`"threads":1`, `"threads":0`},
		{`"check":"`, `"check":"AAAA`}, {`{`, ``},
	} {
		_, err := seal.Decode(bytes.Replace(raw, []byte(c[0]), []byte(c[1]), 1))
		if judging.CodeOf(err) != judging.Corrupt {
			t.Errorf("%s: %v", c[1], err)
		}
	}
	// what a wrapped key is bound to can't be made cheaper
	cheaper := lock
	cheaper.Password.Memory = 32
	if _, err := cheaper.Open(password); !errors.Is(err, seal.ErrWrong) {
		t.Error(err)
	}
}

func TestAnotherPasswordOrCodeOpensTheSameKey(t *testing.T) {
	key, lock, code := made(t, 1)
	random := rand.NewChaCha8([32]byte{9})
	changed, err := key.Repassworded(random, cheap, lock, "秋雨秋雨秋雨秋雨")
	if err != nil {
		t.Fatal(err)
	}
	changed, fresh, err := key.Recoded(random, cheap, changed)
	if err != nil {
		t.Fatal(err)
	}
	for typed, opens := range map[string]bool{password: false, code: false, "秋雨秋雨秋雨秋雨": true, fresh: true} {
		if got, err := changed.Open(typed); (err == nil) != opens || opens && !got.Opens(lock) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestSameRandomnessSameLock(t *testing.T) {
	_, a, codeA := made(t, 4)
	_, b, codeB := made(t, 4)
	if codeA != codeB || !bytes.Equal(a.Check, b.Check) || !bytes.Equal(a.Password.Salt, b.Password.Salt) {
		t.Error("the key is drawn from elsewhere")
	}
}

func TestAValueIsBoundToItsPlace(t *testing.T) {
	key, _, _ := made(t, 1)
	shut := key.Seal(nil, []byte("96.5"), []byte("a"))
	if bytes.Equal(shut, key.Seal(nil, []byte("96.5"), []byte("a"))) {
		t.Error("two values look alike")
	}
	if _, ok := key.Open(nil, shut, []byte("b")); ok {
		t.Error("opened elsewhere")
	}
	for i := range shut {
		bad := bytes.Clone(shut)
		bad[i] ^= 4
		if _, ok := key.Open(nil, bad, []byte("a")); ok {
			t.Error("changed, and opened")
		}
		if _, ok := key.Open(nil, shut[:i], []byte("a")); ok {
			t.Error("cut, and opened")
		}
	}
}

// TestACalibratedTryTakesASecond runs by a clock on which the computer is ten times as fast, and ten times as slow.
func TestACalibratedTryTakesASecond(t *testing.T) {
	for took, want := range map[time.Duration]uint32{50 * time.Millisecond: 12, 500 * time.Millisecond: 6,
		time.Second: 3, 5 * time.Second: 3, 0: 3} {
		at := time.Unix(0, 0)
		now := func() time.Time { at = at.Add(took); return at }
		if got := seal.Calibrated(now); got.Passes != want || got.Memory != seal.Usual.Memory {
			t.Errorf("%v: %+v, want %d passes", took, got, want)
		}
	}
}

// TestAWrongTryCosts takes the time of one try at the least that is asked for: never so little that a computer tries
// many a second.
func TestAWrongTryCosts(t *testing.T) {
	_, lock, _, err := seal.New(rand.NewChaCha8([32]byte{}), seal.Usual, password)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := lock.Open("秋雨秋雨秋雨秋雨"); !errors.Is(err, seal.ErrWrong) {
		t.Fatal(err)
	}
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("a try takes %v", took)
	} else {
		t.Logf("a try takes %v", took)
	}
}

// FuzzName stores names of any bytes and expects them back, in one form each, and under each of their starts.
func FuzzName(f *testing.F) {
	key, _, _ := made(f, 1)
	for _, s := range []string{"", "work\x00w000001", "conflict\x00j001/p/王某某", "\xff\x00\x01/", "a/b/c/d/e/f/g/h/i"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, name []byte) {
		stored := key.Name(name)
		if back, whole := key.Plain(stored); !whole || !bytes.Equal(back, name) {
			t.Fatalf("%q came back as %q, %v", name, back, whole)
		}
		for end := range len(name) + 1 {
			if start, complete := key.Start(name[:end]); !bytes.HasPrefix(stored, start) || complete > end {
				t.Fatalf("%q is not below its start %q", name, name[:end])
			}
		}
		for _, bad := range [][]byte{append(bytes.Clone(name), stored...), stored[:len(stored)/2]} {
			key.Plain(bad) // panics at nothing
		}
		key.Plain(name)
	})
}

func TestNamesHideWhatIsNotANumber(t *testing.T) {
	key, _, _ := made(t, 1)
	for _, name := range []string{
		"conflict\x00j001/p/王某某", "conflict\x00j001/u/示例县第九中学", "unit_alias\x009f86d081884c7d65/k003",
		"work\x01key\x009f86d081884c7d65\x00\x01w000001", "search\x00zhangsan", "search\x0013912345678",
		"x\x00110101199003071234",
	} {
		stored := key.Name([]byte(name))
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == 0 || r == 1 || r == '/' })[1:] {
			if len(part) > 4 && part != "w000001" && bytes.Contains(stored, []byte(part)) {
				t.Errorf("%q shows %q", stored, part)
			}
		}
	}
	if got := key.Name([]byte("score\x00r01/w000016/j003")); string(got) != "score\x00r01/w000016/j003" {
		t.Errorf("a number is hidden: %q", got)
	}
}
