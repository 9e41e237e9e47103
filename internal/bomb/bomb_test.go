package bomb_test

import (
	"bytes"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"fayi/internal/bomb"
)

func TestLimitsHoldAtTheirEdges(t *testing.T) {
	const mib = 1 << 20
	l := bomb.Limits{Parts: 3, Part: 100 * mib, Total: 200 * mib, Ratio: 10}
	for _, c := range []struct {
		name             string
		unpacked, packed int64
		ok               bool
	}{
		{"nothing", 0, 0, true},
		{"a part as big as may be", 100 * mib, 100 * mib, true},
		{"a byte more", 100*mib + 1, 100 * mib, false},
		{"64 MiB of nothing", 64 * mib, 0, true},
		{"a byte more of nothing", 64*mib + 1, 0, false},
		{"ten for one", 80 * mib, 8 * mib, true},
		{"more than ten for one", 80*mib + 10, 8 * mib, false},
		{"a size over 63 bits", -1, 1, false},
		{"the largest there is", math.MaxInt64, math.MaxInt64, false},
	} {
		if err := l.Admit(c.unpacked, c.packed); (err == nil) != c.ok || err != nil && err != bomb.ErrTooBig {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if l.AdmitParts(3) != nil || l.AdmitParts(4) == nil {
		t.Error("the number of parts")
	}
	if free := (bomb.Limits{}); free.Admit(math.MaxInt64, 0) != nil || free.AdmitParts(math.MaxInt) != nil {
		t.Error("bounds where there are none")
	}
}

func TestPartsShareATotal(t *testing.T) {
	m := bomb.Meter{Limits: bomb.Limits{Total: 10}}
	for _, want := range []bool{true, true, false} {
		err := m.Admit(4, 4)
		if (err == nil) != want {
			t.Errorf("%v with %d left", err, m.Left())
		}
		if err == nil {
			m.Count(4)
		}
	}
	if m.Admit(2, 2) != nil || m.Left() != 2 {
		t.Errorf("%d left", m.Left())
	}
	if m.Count(5); m.Left() != 0 || m.Admit(1, 1) == nil { // more came than was declared
		t.Errorf("%d left", m.Left())
	}
}

func TestSumsThatOverflowAreRefused(t *testing.T) {
	for _, c := range []struct {
		sizes []int64
		want  int64
	}{
		{nil, 0},
		{[]int64{1, 2}, 3},
		{[]int64{-5, 10}, -1},
		{[]int64{math.MaxInt64, 1}, -1},
		{[]int64{math.MaxInt64, math.MaxInt64, 5}, -1},
	} {
		if got := bomb.Sum(c.sizes); got != c.want {
			t.Errorf("%v: %d", c.sizes, got)
		}
	}
}

func TestAReaderEndsWhereTheLimitDoes(t *testing.T) {
	for _, c := range []struct {
		limit int64
		want  string
		err   error
	}{{0, "", bomb.ErrTooBig}, {4, "abcd", bomb.ErrTooBig}, {5, "abcde", nil}, {6, "abcde", nil}} {
		for _, r := range []io.Reader{strings.NewReader("abcde"), iotest.OneByteReader(strings.NewReader("abcde"))} {
			got, err := io.ReadAll(bomb.Reader(r, c.limit))
			if string(got) != c.want || err != c.err {
				t.Errorf("limit %d: %q, %v", c.limit, got, err)
			}
		}
	}
	if _, err := io.ReadAll(bomb.Reader(bytes.NewReader(make([]byte, 1<<20)), 1000)); err != bomb.ErrTooBig {
		t.Error(err)
	}
}
