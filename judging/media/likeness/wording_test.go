package likeness_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging/media/likeness"
)

// author writes essays of invented words that come as often as words do: the n-th commonest about 1/n as often as
// the first. Every essay has the head of the same form and two of six mottos, as essays of one contest do.
type author struct {
	d     *rand.Rand
	zipf  *rand.Zipf
	words []string
}

var mottos = []string{"坚持党的领导、人民当家作主、依法治国有机统一，让法治成为一种生活方式。", "法律的权威源自人民的内心拥护和真诚信仰，法律红线不可逾越。",
	"努力让人民群众在每一个司法案件中感受到公平正义，这是我们共同的心愿。", "弘扬宪法精神，维护宪法权威，做社会主义法治的忠实崇尚者、自觉遵守者、坚定捍卫者。",
	"青少年是祖国的未来，学法尊法守法用法要从点滴小事做起。", "天下之事，不难于立法，而难于法之必行。"}

func newAuthor(seed uint64) *author {
	d := rand.New(rand.NewPCG(seed, 9))
	a := &author{d: d, zipf: rand.NewZipf(d, 1.07, 8, 7999)}
	for range 8000 {
		n := 1 + d.IntN(3)
		if len(a.words) < 60 {
			n = 1
		}
		var b strings.Builder
		for range n {
			b.WriteRune(rune(0x4E00 + int(d.ExpFloat64()*420)%6000))
		}
		a.words = append(a.words, b.String())
	}
	return a
}

// essay writes paragraphs of about letters characters in all.
func (a *author) essay(letters int) []string {
	out := []string{"参赛作品 作者 学校 指导教师 联系电话"}
	picked := a.d.Perm(len(mottos))[:2]
	for p := range 6 {
		var b strings.Builder
		for n := 0; n < letters/6; {
			w := a.words[a.zipf.Uint64()]
			b.WriteString(w)
			if n += len([]rune(w)); a.d.IntN(8) == 0 {
				b.WriteString([]string{"，", "。", "、"}[a.d.IntN(3)])
			}
		}
		if p < 2 {
			b.WriteString(mottos[picked[p]])
		}
		out = append(out, b.String())
	}
	return out
}

// edited changes, drops or adds part of the letters, each a random one.
func (a *author) edited(paragraphs []string, part float64) []string {
	var out []string
	for _, p := range paragraphs {
		var b strings.Builder
		for _, r := range p {
			if a.d.Float64() >= part {
				b.WriteRune(r)
				continue
			}
			switch other := rune(0x4E00 + a.d.IntN(6000)); a.d.IntN(3) {
			case 0:
				b.WriteRune(other)
			case 1:
				b.WriteRune(r)
				b.WriteRune(other)
			}
		}
		out = append(out, b.String())
	}
	return out
}

// renamed puts another name for every 90th letter or so, as when people and places are changed.
func (a *author) renamed(paragraphs []string) []string {
	var out []string
	for _, p := range paragraphs {
		letters := []rune(p)
		for i := a.d.IntN(60); i+3 < len(letters); i += 60 + a.d.IntN(60) {
			copy(letters[i:], []rune("王小明"))
		}
		out = append(out, string(letters))
	}
	return out
}

// textChanges are what copyists do to an essay, and how many in a hundred must be found again.
var textChanges = []struct {
	name  string
	least float64
	do    func(a *author, paragraphs, others []string) []string
}{
	{
		"a paragraph moved", 1,
		func(_ *author, p, _ []string) []string { return slices.Concat(p[:1], p[3:4], p[1:3], p[4:]) },
	},
	{"names changed", 1, func(a *author, p, _ []string) []string { return a.renamed(p) }},
	{"moved, names changed, 5 % edited", 1, func(a *author, p, _ []string) []string {
		return a.edited(a.renamed(slices.Concat(p[:1], p[3:4], p[1:3], p[4:])), 0.05)
	}},
	{"10 % of letters edited", 1, func(a *author, p, _ []string) []string { return a.edited(p, 0.1) }},
	{"20 % of letters edited", 0.95, func(a *author, p, _ []string) []string { return a.edited(p, 0.2) }},
	{
		"one paragraph in three taken over", 0.95,
		func(_ *author, p, others []string) []string { return slices.Concat(others[:5], p[2:4]) },
	},
}

func printsOfTexts(essays [][]string) []likeness.TextPrint {
	out := make([]likeness.TextPrint, len(essays))
	for i, e := range essays {
		out[i] = likeness.PrintText(strings.Join(e, "\n"))
	}
	return out
}

// TestRecallAndFalseAlarmsOfTexts prints how many changed copies are found again among all essays and poems, and
// how many pairs of different ones are taken for copies.
func TestRecallAndFalseAlarmsOfTexts(t *testing.T) {
	for _, letters := range []int{1500, 240} {
		a := newAuthor(uint64(letters))
		var essays [][]string
		for range 200 {
			essays = append(essays, a.essay(letters))
		}
		own := printsOfTexts(essays)
		for _, c := range textChanges {
			both := slices.Clone(own)
			for _, e := range essays {
				others := a.essay(letters)
				both = append(both, likeness.PrintText(strings.Join(c.do(a, e, others), "\n")))
			}
			found, err := likeness.AlikeTexts(t.Context(), both, nil)
			if err != nil {
				t.Fatal(err)
			}
			hits, wrong, low := 0, 0, 1.0
			for _, l := range found {
				if l.B-l.A != len(own) {
					wrong++
					continue
				}
				hits++
				low = min(low, l.Share)
			}
			recall := float64(hits) / float64(len(own))
			t.Logf(
				"%4d letters, %-34s recall %.3f (lowest likeness %.2f), %d false alarms in %d pairs", letters, c.name,
				recall, low, wrong, len(both)*(len(both)-1)/2,
			)
			if recall < c.least || wrong > 0 {
				t.Errorf(
					"%d letters, %s: recall %.3f, want %.2f; %d false alarms, want none", letters, c.name, recall,
					c.least, wrong,
				)
			}
		}
	}
}

func TestWhatEverybodyWritesIsNoCopy(t *testing.T) {
	a := newAuthor(5)
	var essays [][]string
	for range 60 {
		essays = append(essays, append(a.essay(200), mottos...))
	}
	found, err := likeness.AlikeTexts(t.Context(), printsOfTexts(essays), nil)
	if err != nil || len(found) > 0 {
		t.Fatalf("%d pairs, %v", len(found), err)
	}
}

func TestEveryoneOfManyCopiesIsFound(t *testing.T) {
	a := newAuthor(6)
	essays := slices.Repeat([][]string{a.essay(300)}, 30)
	for range 30 {
		essays = append(essays, a.essay(300))
	}
	found, err := likeness.AlikeTexts(t.Context(), printsOfTexts(essays), nil)
	if err != nil || len(found) != 30*29/2 {
		t.Fatalf("%d pairs of 435, %v", len(found), err)
	}
}

// BenchmarkAlikeTexts prints 10,000 essays of 1,500 letters and compares all with all; one in a hundred is a copy.
func BenchmarkAlikeTexts(b *testing.B) {
	a := newAuthor(7)
	var texts []string
	for i := range 10_000 {
		if e := a.essay(1500); i%100 > 0 {
			texts = append(texts, strings.Join(e, "\n"))
		} else {
			texts = append(texts, strings.Join(e, "\n"))
			texts[max(i-1, 0)] = strings.Join(a.renamed(e), "\n")
		}
	}
	for b.Loop() {
		start := time.Now()
		prints := make([]likeness.TextPrint, len(texts))
		for i, s := range texts {
			prints[i] = likeness.PrintText(s)
		}
		printed := time.Since(start)
		found, err := likeness.AlikeTexts(b.Context(), prints, nil)
		if err != nil || len(found) < 99 {
			b.Fatalf("%d pairs, %v", len(found), err)
		}
		all := time.Since(start)
		fmt.Printf(
			"10,000 essays of 1,500 letters: printed in %.1f s, compared in %.1f s, %d pairs found of 99 (limit: 10 s)\n",
			printed.Seconds(), (all - printed).Seconds(), len(found),
		)
		if all > 10*time.Second {
			b.Errorf("%v, want under 10 s", all)
		}
	}
}
