package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fayi/app/kit/sight"
	"fayi/cmd/fayi/probe"
)

// says matches what can be pressed and says those words; a * at the end stands for more of them.
func says(words string) func(sight.Words) bool {
	start, more := strings.CutSuffix(words, "*")
	return func(w sight.Words) bool {
		return w.Press && (w.Text == words || more && strings.HasPrefix(w.Text, start))
	}
}

func first(match func(sight.Words) bool) func(probe.View) *sight.Words {
	return func(v probe.View) *sight.Words { return find(v, match) }
}

// find returns the first words that match, nil for none.
func find(v probe.View, match func(sight.Words) bool) *sight.Words {
	if i := slices.IndexFunc(v.Words, match); i >= 0 {
		return &v.Words[i]
	}
	return nil
}

// nearest returns the matching words next below or right of others, nil for none.
func nearest(v probe.View, by *sight.Words, match func(sight.Words) bool) *sight.Words {
	var best *sight.Words
	if by == nil {
		return nil
	}
	for i, w := range v.Words {
		if match(w) && w.Box.Bottom >= by.Box.Top && w.Box.Right >= by.Box.Left &&
			(best == nil || far(w.Box, by.Box) < far(best.Box, by.Box)) {
			best = &v.Words[i]
		}
	}
	return best
}

func far(a, b sight.Box) float32 {
	return max(a.Left-b.Left, b.Left-a.Left) + max(a.Top-b.Top, b.Top-a.Top)
}

// field returns the place to type in that stands next below a label, or next to it; nil for none.
func field(v probe.View, label string) *sight.Box {
	by := find(v, func(w sight.Words) bool {
		return (w.Text == label || strings.HasPrefix(w.Text, label+" ") || strings.HasPrefix(w.Text, label+"（")) &&
			!w.Press
	})
	var best *sight.Box
	if by == nil {
		return nil
	}
	for i, f := range v.Fields {
		if f.Bottom > by.Box.Top && !f.Empty() && (best == nil || far(f, by.Box) < far(*best, by.Box)) {
			best = &v.Fields[i]
		}
	}
	return best
}

// ownWords are the texts of the program itself in both languages, those without gaps to be filled.
type ownWords map[string]bool

func loadOwnWords() (ownWords, error) {
	files, err := filepath.Glob("../../assets/text/*.json")
	if err != nil {
		return nil, err
	}
	out := ownWords{}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		texts := map[string]any{}
		if err := json.Unmarshal(data, &texts); err != nil {
			return nil, err
		}
		for _, text := range texts {
			if text, plain := text.(string); plain && !strings.Contains(text, "{{") {
				out[text] = true
			}
		}
	}
	return out, nil
}

// cut lists words of the program that end in an ellipsis because their room was too small; names of works and
// people may.
func (own ownWords) cut(words []sight.Words) []string {
	var out []string
	for _, w := range words {
		start, cut := strings.CutSuffix(w.Text, "…")
		if !cut || own[w.Text] || len(start) < 2*len("字") {
			continue
		}
		for text := range own {
			if strings.HasPrefix(text, start) {
				out = append(out, "cut short: “"+w.Text+"”, whole “"+text+"”")
				break
			}
		}
	}
	return out
}
