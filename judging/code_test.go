package judging_test

import (
	"strconv"
	"strings"
	"testing"

	"fayi/judging"
)

const drawn = 12_000

func drawCodes(key, prefix string, n int) []judging.WorkCode {
	codes, out := judging.NewCodes([]byte(key), prefix), make([]judging.WorkCode, n)
	for i := range out {
		out[i] = codes.At(i)
	}
	return out
}

func TestCodesAreNeverTheSameTwice(t *testing.T) {
	seen := map[judging.WorkCode]int{}
	for i, c := range drawCodes("key", "SF", drawn) {
		if at, ok := seen[c]; ok {
			t.Fatalf("work %d and work %d are both %s", at, i, c)
		}
		seen[c] = i
	}
}

func TestCodesHaveFourDigitsThenFive(t *testing.T) {
	for i, c := range drawCodes("key", "SF", drawn) {
		digits, ok := strings.CutPrefix(string(c), "SF-")
		if want := 4 + i/10_000; !ok || len(digits) != want {
			t.Fatalf("code %d is %s, want SF- and %d digits", i, c, want)
		}
	}
	if c := judging.NewCodes(nil, "X").At(100_000); len(c) != len("X-123456") {
		t.Errorf("the 100,001st code is %s, want six digits", c)
	}
}

func TestCodesFollowFromKeyPrefixAndNumberAlone(t *testing.T) {
	inOrder, jumping := drawCodes("key", "SF", drawn), judging.NewCodes([]byte("key"), "SF")
	for _, n := range []int{11_999, 0, 10_000, 9_999, 3, 11_999} {
		if got := jumping.At(n); got != inOrder[n] {
			t.Errorf("At(%d) = %s after jumps, %s in order", n, got, inOrder[n])
		}
	}
}

func TestOtherKeysAndPrefixesGiveOtherOrders(t *testing.T) {
	const n = 1000
	base := drawCodes("key", "SF", n)
	for name, other := range map[string][]judging.WorkCode{
		"key":    drawCodes("kez", "SF", n),
		"prefix": drawCodes("key", "HH", n),
	} {
		same := 0
		for i := range base {
			if number(t, base[i]) == number(t, other[i]) {
				same++
			}
		}
		if same > n/100 {
			t.Errorf("another %s leaves %d of %d numbers where they were", name, same, n)
		}
	}
}

// Numbers are drawn at random, so that a pair may fall together by chance: 2 in 10,000 is what chance gives.
func TestNeighboursInAListAreFarApart(t *testing.T) {
	codes := drawCodes("key", "SF", 10_000)
	near, adjacent := 0, 0
	for i := 1; i < len(codes); i++ {
		gap := number(t, codes[i]) - number(t, codes[i-1])
		if -1 <= gap && gap <= 1 {
			adjacent++
		}
		if -100 <= gap && gap <= 100 {
			near++
		}
	}
	if adjacent > 12 || near > 300 {
		t.Errorf("%d neighbours are adjacent and %d within 100 of each other", adjacent, near)
	}
}

func number(t *testing.T, c judging.WorkCode) int {
	t.Helper()
	_, digits, _ := strings.Cut(string(c), "-")
	n, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatalf("%s has no number: %v", c, err)
	}
	return n
}
