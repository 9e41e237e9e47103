package superior

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fayi/judging"
)

// Batch 上报批次 is one lot of works reported to a superior. Batches are numbered from 1 for each level; a work is in
// at most one batch of a level.
type Batch struct {
	ID     string                  `json:"batch"` // "city-01"
	Number int                     `json:"number"`
	To     Level                   `json:"to"`
	At     time.Time               `json:"at"`
	Works  []judging.WorkID        `json:"works"`
	Files  int                     `json:"files"`
	Sum    string                  `json:"manifest_sha256"` // of the manifest that went with it
	Answer map[judging.WorkID]Word `json:"answers,omitempty"`
	// the awards that the works went up with; missing in batches packed before they were kept
	Awards map[judging.WorkID]string `json:"awards,omitempty"`

	// what was said of each work, so that a later batch can say what of it no longer holds; batches of earlier
	// versions of the program have none
	Said        map[judging.WorkID]Said `json:"said,omitempty"`
	Corrections []Correction            `json:"corrections,omitempty"` // of earlier batches, that went with this one
	Withdrawn   *Withdrawal             `json:"withdrawn,omitempty"`   // it was never sent: its works are free again
}

// Withdrawal 撤回 is the taking back of a batch that was packed and not sent. Its number is not given again.
type Withdrawal struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// Said is what a batch says of a work.
type Said struct {
	Code    judging.WorkCode `json:"code"`
	Award   string           `json:"award"`
	Title   string           `json:"title"`
	Authors []string         `json:"authors"`
	Unit    string           `json:"unit"`
}

// CorrectionKind says what of a reported work no longer holds.
type CorrectionKind string

// The kinds, the gravest first: a revoked work is not listed as renamed as well.
const (
	Revoked CorrectionKind = "revoked" // 撤销 it has no award any more
	Regrade CorrectionKind = "regrade" // 改等次 it has another award
	Renamed CorrectionKind = "renamed" // 更名 its title, authors or unit were put right
)

// Correction 更正 says of a reported work what was said before and what holds now. A work whose award and name both
// changed is listed once, as Regrade.
type Correction struct {
	Kind   CorrectionKind `json:"kind"`
	Work   judging.WorkID `json:"work"`
	Batch  string         `json:"batch"` // that spoke of it last
	Before Said           `json:"before"`
	Now    Said           `json:"now"` // without an award where Kind is Revoked
}

// Correct compares what was last said of a reported work with what holds now; now.Award is "" when the work has no
// award any more. ok is false when nothing changed. A work that was reported as revoked before and has no award
// is not reported again.
func (s Said) Correct(now Said) (kind CorrectionKind, ok bool) {
	switch {
	case now.Award == "" && s.Award == "":
		return "", false
	case now.Award == "":
		return Revoked, true
	case now.Award != s.Award:
		return Regrade, true
	case now.Title != s.Title || now.Unit != s.Unit || !slices.Equal(now.Authors, s.Authors):
		return Renamed, true
	}
	return "", false
}

// Word 批复 is what a superior made of a reported work.
type Word struct {
	Award string    `json:"award"`
	At    time.Time `json:"at"`
}

// BatchID names the n-th batch of a level.
func BatchID(to Level, n int) string { return judging.Serial(string(to)+"-", 2, n) }

// BatchNumber reads the number of a batch out of its identity, 0 where there is none.
func BatchNumber(id string) int {
	_, digits, _ := strings.Cut(id, "-")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
