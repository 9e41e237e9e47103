package judging

import (
	"slices"
)

// Judge 评委 scores works. Categories are the kinds of work the judge is expert in; none means all.
type Judge struct {
	ID         JudgeID  `json:"id"`
	Name       string   `json:"name"`
	Unit       string   `json:"unit,omitempty"`
	Post       string   `json:"post,omitempty"`   // 职称
	Number     string   `json:"number,omitempty"` // 工号, as their own office counts its staff
	Phone      string   `json:"phone,omitempty"`
	Categories []string `json:"categories,omitempty"`
	Panel      string   `json:"panel,omitempty"`    // of Rules.Panels; empty: the first one
	MaxLoad    int      `json:"max_load,omitempty"` // most works in a round; 0: no limit
	MinLoad    int      `json:"min_load,omitempty"` // fewest works in a round; 0: none
	Senior     bool     `json:"senior,omitempty"`   // counts where a plan wants a senior judge on each work
	Away       bool     `json:"away,omitempty"`     // withdrew: gets no more works
	Struck     string   `json:"struck,omitempty"`   // why they were struck off for good; they are Away, too
	Source     Place    `json:"source"`
}

// Knows reports whether the judge may score works of category.
func (j Judge) Knows(category string) bool {
	return len(j.Categories) == 0 || slices.Contains(j.Categories, category)
}

// Key tells judges apart: two rows of one name and unit are one judge.
func (j Judge) Key() string { return Fold(j.Name) + "\x1f" + Fold(j.Unit) }
