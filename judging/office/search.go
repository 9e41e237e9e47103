package office

import (
	"context"
	"fmt"
	"strings"

	"github.com/mozillazg/go-pinyin"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// HitKind says what a search found.
type HitKind string

// The kinds.
const (
	HitWork  HitKind = "work"
	HitJudge HitKind = "judge"
	HitUnit  HitKind = "unit"
)

// Hit is one thing that a search found.
type Hit struct {
	Kind  HitKind `json:"kind"`
	ID    string  `json:"id"` // of the work or judge; a unit's name
	Title string  `json:"title"`
	Note  string  `json:"note"`
}

// Finder searches all works, judges and units of a contest as they were when it was made. Find may be called from
// one goroutine at a time.
type Finder struct {
	hits  []Hit
	texts []string // folded, parallel to hits
}

// maxPinyin bounds for how many works titles and authors can also be found by their pinyin.
const maxPinyin = 20_000

// Finder gathers what can be searched: codes, numbers, titles, authors, units, teachers and file names of works,
// judges, units.
func (o *Office) Finder(ctx context.Context) (*Finder, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (*Finder, error) {
		works, err := records.AllWorks(tx, nil)
		if err != nil {
			return nil, err
		}
		panel, err := records.LoadJudges(tx)
		if err != nil {
			return nil, err
		}
		f := &Finder{}
		units, order := map[string]int{}, []string{}
		for _, w := range works {
			f.addWork(w, len(works) <= maxPinyin)
			if body := w.Body(); body != "" {
				if units[body] == 0 {
					order = append(order, body)
				}
				units[body]++
			}
		}
		for _, j := range panel {
			f.add(
				Hit{HitJudge, string(j.ID), j.Name, strings.TrimSpace(j.Unit + " " + strings.Join(j.Categories, "、"))},
				j.Name, j.Unit, spelled(j.Name), string(j.ID),
			)
		}
		for _, u := range order {
			f.add(Hit{HitUnit, u, u, fmt.Sprint(units[u])}, u, spelled(u))
		}
		return f, nil
	})
}

func (f *Finder) addWork(w judging.Work, spell bool) {
	names := []string{
		string(w.ID), string(w.Code), w.Number, w.Title, w.Unit, w.Sender, strings.Join(w.Authors, " "),
		strings.Join(w.Teachers, " "),
	}
	for _, file := range w.Files {
		names = append(names, file.Name)
	}
	if spell {
		names = append(names, spelled(w.Title))
		for _, a := range w.Authors {
			names = append(names, spelled(a))
		}
	}
	note := strings.TrimSpace(w.Category + " " + w.Group)
	f.add(
		Hit{
			HitWork, string(w.ID), w.Title,
			strings.Join([]string{string(w.Code), note, strings.Join(w.Authors, "、"), w.ShownUnit()}, " · "),
		},
		names...,
	)
}

func (f *Finder) add(h Hit, texts ...string) {
	f.hits = append(f.hits, h)
	for i, t := range texts {
		texts[i] = judging.Fold(t)
	}
	f.texts = append(f.texts, strings.Join(texts, "\x1f"))
}

// spelled is a text as people type it on a keyboard: the first letters of its pinyin and the whole of it. 法治之光 is
// fzzg and fazhizhiguang. A character with several readings counts by its commonest.
func spelled(text string) string {
	whole := pinyin.LazyPinyin(text, pinyin.NewArgs())
	var first strings.Builder
	for _, s := range whole {
		first.WriteByte(s[0])
	}
	return first.String() + "\x1f" + strings.Join(whole, "")
}

// With adds things of the caller's own before all others, found by title and pinyin, and returns f.
func (f *Finder) With(own ...Hit) *Finder {
	more := &Finder{}
	for _, h := range own {
		more.add(h, h.Title, spelled(h.Title))
	}
	f.hits, f.texts = append(more.hits, f.hits...), append(more.texts, f.texts...)
	return f
}

// Find returns at most limit hits that hold every word of query, in the order the caller's own, works, judges,
// units, and how many there are in all. An empty query finds nothing.
func (f *Finder) Find(query string, limit int) (out []Hit, total int) {
	var words []string
	for _, w := range strings.Fields(query) {
		if w = judging.Fold(w); w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return nil, 0
	}
	for i, text := range f.texts {
		if !holdsAll(text, words) {
			continue
		}
		if total++; len(out) < limit {
			out = append(out, f.hits[i])
		}
	}
	return out, total
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
