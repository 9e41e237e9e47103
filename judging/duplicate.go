package judging

import (
	"strings"
	"time"
)

// ReferenceID names a work of another contest that was brought in to be compared with: "r000001".
type ReferenceID string

// DuplicateReason says why two works look like one.
type DuplicateReason string

// The reasons, the surest first.
const (
	SameBytes      DuplicateReason = "same_bytes"      // 文件完全相同
	SimilarPicture DuplicateReason = "similar_picture" // 图片近似
	SimilarText    DuplicateReason = "similar_text"    // 文字近似
	SimilarTitle   DuplicateReason = "similar_title"   // 同一作者，题目近似
)

// DuplicateVerdict is what the organiser decided of a pair; "" is nothing yet.
type DuplicateVerdict string

// The verdicts.
const (
	VerdictSame   DuplicateVerdict = "same_work" // 同一作品：重复报送
	VerdictOther  DuplicateVerdict = "not_same"  // 不是同一作品
	VerdictCopied DuplicateVerdict = "copied"    // 抄袭
)

// Duplicate is a pair that looks like one work. The same two works are at most once in it for each reason.
type Duplicate struct {
	Works      [2]string       `json:"works"` // identities: a WorkID first, then a WorkID or a ReferenceID
	Reason     DuplicateReason `json:"reason"`
	Similarity float64         `json:"similarity"`          // 0-1
	Turned     bool            `json:"turned,omitempty"`    // the picture is mirrored or lies on another side
	Sums       [2]string       `json:"sha256s,omitzero"`    // of the files that are alike; empty for titles
	Verdict    DuplicateRuling `json:"decision,omitzero"`   // the organiser's, if there is one
	Titles     [2]string       `json:"titles"`              // of both
	Authors    [2]string       `json:"authors"`             // of both, joined by "、"
	From       string          `json:"reference,omitempty"` // the set that the second comes from, as "2019年"
}

// DuplicateRuling is a decision on a pair.
type DuplicateRuling struct {
	Verdict DuplicateVerdict `json:"verdict"`
	Why     string           `json:"why,omitempty"`
	By      string           `json:"by"`
	At      time.Time        `json:"at"`
}

// ID names the pair and its reason, so that what was decided of it is found again after the next search.
func (d Duplicate) ID() string { return DuplicateID(d.Works, d.Reason) }

// DuplicateID is the ID of a pair by its parts.
func DuplicateID(works [2]string, reason DuplicateReason) string {
	return works[0] + "+" + works[1] + "/" + string(reason)
}

// CheckVerdict reports an unknown verdict, or one without the reason it needs: all but VerdictSame need one.
// Errors: Invalid.
func CheckVerdict(v DuplicateVerdict, why string) error {
	switch v {
	case VerdictSame:
		return nil
	case VerdictOther, VerdictCopied:
		if strings.TrimSpace(why) == "" {
			return Fail(Invalid, "duplicates.needs_reason", nil)
		}
		return nil
	}
	return Fail(Invalid, "duplicates.bad_verdict", Args{"Value": string(v)})
}

// LeastTitleLikeness is the likeness from which titles of one author are almost equal.
const LeastTitleLikeness = 0.75
