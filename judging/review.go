package judging

import (
	"slices"
	"time"
)

// ReviewReason is a reason why a work is returned or rejected, from a fixed list, so that it can be counted, shown
// in every language and answered with what is to be done.
type ReviewReason string

// The reasons.
const (
	ReasonMissingFile   ReviewReason = "missing_file"   // 缺少作品文件
	ReasonBrokenFile    ReviewReason = "broken_file"    // 文件打不开
	ReasonBadFormat     ReviewReason = "bad_format"     // 格式、大小、时长不合要求
	ReasonIncomplete    ReviewReason = "incomplete"     // 登记信息不全或有误
	ReasonWrongCategory ReviewReason = "wrong_category" // 类别或组别报错
	ReasonNeedsRelease  ReviewReason = "needs_release"  // 未成年人肖像须监护人授权
	ReasonOffTopic      ReviewReason = "off_topic"      // 与主题不符
	ReasonNotOriginal   ReviewReason = "not_original"   // 非原创
	ReasonRepeated      ReviewReason = "repeated"       // 重复报送
	ReasonOther         ReviewReason = "other"          // 其他，须写明
)

// ReviewReasons lists the reasons in the order in which they are offered.
var ReviewReasons = []ReviewReason{
	ReasonMissingFile, ReasonBrokenFile, ReasonBadFormat, ReasonIncomplete, ReasonWrongCategory, ReasonNeedsRelease,
	ReasonOffTopic, ReasonNotOriginal, ReasonRepeated, ReasonOther,
}

// Finding is what a review found of a work.
type Finding struct {
	Status  WorkStatus     `json:"status"`
	Reasons []ReviewReason `json:"reasons,omitempty"` // in the order of ReviewReasons, each once
	Note    string         `json:"reason,omitempty"`  // in words
}

// Check returns f tidied: an accepted work keeps no reasons. Errors: Invalid for an unknown status or reason, for
// one without a reason, and for ReasonOther without words.
func (f Finding) Check() (Finding, error) {
	f.Note = Tidy(f.Note)
	switch f.Status {
	case Accepted:
		return Finding{Status: Accepted}, nil
	case Returned, Rejected, Withdrawn:
	default:
		return f, Fail(Invalid, "works.bad_status", Args{"Value": string(f.Status)})
	}
	var ordered []ReviewReason
	for _, r := range ReviewReasons {
		if slices.Contains(f.Reasons, r) {
			ordered = append(ordered, r)
		}
	}
	for _, r := range f.Reasons {
		if !slices.Contains(ReviewReasons, r) {
			return f, Fail(Invalid, "review.bad_reason", Args{"Value": string(r)})
		}
	}
	f.Reasons = ordered
	if f.Note == "" && (len(ordered) == 0 || slices.Contains(ordered, ReasonOther)) {
		return f, Fail(Invalid, "works.needs_reason", nil)
	}
	return f, nil
}

// Finding returns what the last review found of w, or what an import gave it.
func (w Work) Finding() Finding { return Finding{w.Status, w.Reasons, w.Reason} }

// Found returns w as a review found it.
func (w Work) Found(f Finding) Work {
	w.Status, w.Reasons, w.Reason = f.Status, f.Reasons, f.Note
	return w
}

// Review is one act of looking at a work: what was found, and what stood there before.
type Review struct {
	Work   WorkID    `json:"work"`
	Batch  int       `json:"batch"` // works reviewed in one act have the same
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Before Finding   `json:"before"`
	After  Finding   `json:"after"`
	Undone bool      `json:"undone,omitempty"` // this took the review back that led from After to Before
}
