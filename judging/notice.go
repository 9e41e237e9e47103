package judging

import (
	"strconv"
	"strings"
	"time"
)

// NoticeState says how far a public notice has come.
type NoticeState string

// A notice stands until the awards are Final, or is Recalled when they have to be decided again.
const (
	Standing NoticeState = "standing"
	Final    NoticeState = "final"
	Recalled NoticeState = "recalled"
)

// Notice 公示 shows the awards in public for some working days, in which anyone may object.
type Notice struct {
	ID       string      `json:"id"`      // "n001"
	Version  int         `json:"version"` // of the awards shown
	State    NoticeState `json:"state"`
	From     string      `json:"from"`               // first day, 2006-01-02
	Days     int         `json:"days"`               // working days
	Until    string      `json:"until"`              // last day
	Holidays []string    `json:"holidays,omitempty"` // days off besides weekends
	Workdays []string    `json:"workdays,omitempty"` // weekend days worked in exchange
	Contact  string      `json:"contact,omitempty"`  // 受理部门和电话, as the notice shows it
	At       time.Time   `json:"at"`
	Closed   time.Time   `json:"closed,omitzero"`
	Why      string      `json:"why,omitempty"`     // for which it was recalled by the organiser
	Amended  []Amendment `json:"amended,omitempty"` // what was changed lawfully after the end, oldest first

	Before []NoticeTerms `json:"before,omitempty"` // what it said before it was corrected, oldest first
}

// Amendment is a new deciding after the end, because an award was revoked.
type Amendment struct {
	Version int       `json:"version"` // of the awards since
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

// Shown returns the version of the awards that the public is shown: those of the notice, or of its last amendment.
func (n Notice) Shown() int {
	if k := len(n.Amended); k > 0 {
		return n.Amended[k-1].Version
	}
	return n.Version
}

// NoticeTerms is what a notice said until it was corrected, and why, when and by whom it was.
type NoticeTerms struct {
	From     string    `json:"from"`
	Days     int       `json:"days"`
	Until    string    `json:"until"`
	Holidays []string  `json:"holidays,omitempty"`
	Workdays []string  `json:"workdays,omitempty"`
	Contact  string    `json:"contact,omitempty"`
	Reason   string    `json:"reason"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// Terms returns what the notice says.
func (n Notice) Terms() NoticeTerms {
	return NoticeTerms{
		From: n.From, Days: n.Days, Until: n.Until, Holidays: n.Holidays, Workdays: n.Workdays, Contact: n.Contact,
	}
}

// Key tells terms apart: equal keys say the same.
func (t NoticeTerms) Key() []string {
	return []string{
		t.From, strconv.Itoa(t.Days), strings.Join(t.Holidays, ","), strings.Join(t.Workdays, ","), t.Contact,
	}
}

// ObjectionState says what became of an objection.
type ObjectionState string

// An objection is open until it is upheld (the work was wrong placed, awarded or entered) or dismissed.
const (
	Objected  ObjectionState = "open"
	Upheld    ObjectionState = "upheld"
	Dismissed ObjectionState = "dismissed"
)

// Objection 异议 is what someone brought forward against one work's award during a notice. Who brought it is kept
// apart from all outputs.
type Objection struct {
	ID     string         `json:"id"` // "b001"
	Notice string         `json:"notice"`
	Work   WorkID         `json:"work"`
	Text   string         `json:"text"`
	From   string         `json:"from,omitempty"` // who objects and how to reach them; never printed
	State  ObjectionState `json:"state"`
	Answer string         `json:"answer,omitempty"`
	Reopen bool           `json:"reopen,omitempty"` // its judges score the work again
	At     time.Time      `json:"at"`
	Closed time.Time      `json:"closed,omitzero"`
}
