package judging

import (
	"context"
	"io"
	"slices"
	"time"

	"fayi/judging/terms"
	"fayi/judging/voting"
)

// BallotState says how far a judge is with a work.
type BallotState string

// The states of a ballot. Skipped, Abstained and Recused are three different things: later, not able to say, not
// allowed to.
const (
	Open      BallotState = "open"
	Started   BallotState = "started" // some marks, saved
	Scored    BallotState = "scored"  // complete; counts once submitted
	Skipped   BallotState = "skipped"
	Abstained BallotState = "abstained"
	Recused   BallotState = "recused"
)

// Ballot 评分表 is what one judge says of one work.
type Ballot struct {
	Code       WorkCode           `json:"code"`
	State      BallotState        `json:"state"`
	Marks      map[string]float64 `json:"marks,omitempty"` // criterion -> points, or terms.NotApplicable
	Total      float64            `json:"total"`           // what the marks make, or typed where the rules allow it
	Confidence int                `json:"confidence,omitempty"`
	Comment    string             `json:"comment,omitempty"`
	Reason     string             `json:"reason,omitempty"` // of an abstention or recusal
	Flags      []Flag             `json:"flags,omitempty"`  // for the organiser, in the order of Flags
	FlagNote   string             `json:"flag_note,omitempty"`

	// Mark tells this statement from every other: its maker draws it at random, so that the same statement brought
	// twice is known. A maker may leave it blank; the program then gives it one.
	Mark string `json:"mark,omitempty"`
	// Base is the ScoreVersion.ID of the version that the statement was made on, NoScore where there was none, ""
	// where nobody knows.
	Base string `json:"base,omitempty"`
}

// NoScore is the Base of a ballot that was made when its judge had said nothing of the work.
const NoScore = "none"

// Flag 举手 tells the organiser of something about a work that is no mark.
type Flag string

// The flags.
const (
	OffTopic    Flag = "off_topic"    // 偏题
	Copied      Flag = "copied"       // 疑似抄袭
	MachineMade Flag = "machine_made" // 疑似机器生成
	Concern     Flag = "concern"      // 政治或法律表述有问题
	Privacy     Flag = "privacy"      // 泄露隐私
)

// Flags lists all flags in the order in which they are shown.
var Flags = []Flag{OffTopic, Copied, MachineMade, Concern, Privacy}

// Duty is one work on a judge's list.
type Duty struct {
	BlindWork
	State       BallotState `json:"state"`
	Total       float64     `json:"total"`
	Confidence  int         `json:"confidence,omitempty"`
	Flags       []Flag      `json:"flags,omitempty"`
	Calibration bool        `json:"calibration,omitempty"` // scored by all judges to compare measures; does not count
	Reopened    bool        `json:"reopened,omitempty"`    // may be scored again though the list is handed in
	Number      int         `json:"number,omitempty"`      // in the running order of a stage, from 1
	Turn        string      `json:"turn,omitempty"`        // waiting, called, closed, released: scored while called
	Look        Look        `json:"look,omitzero"`
	List        string      `json:"list,omitempty"` // with Duties.Voting: the works placed together with it
}

// Look 看过 says which files of a work its judge has looked at. It is no part of the score.
type Look struct {
	Seen   []int `json:"seen,omitempty"`   // files shown, played or opened by another program, from 0, ascending
	Unseen int   `json:"unseen,omitempty"` // files not looked at when the work was scored all the same
}

// CheckLook refuses a look at files that w does not have. Errors: NotFound.
func (w BlindWork) CheckLook(l Look) error {
	last := -1
	for _, n := range l.Seen {
		if n <= last || n >= len(w.Files) {
			return Fail(NotFound, "works.no_file", Args{"Work": w.Code, "N": n + 1})
		}
		last = n
	}
	if l.Unseen < 0 || l.Unseen > len(w.Files) {
		return Fail(NotFound, "works.no_file", Args{"Work": w.Code, "N": l.Unseen})
	}
	return nil
}

// Same reports whether l and m say the same.
func (l Look) Same(m Look) bool { return l.Unseen == m.Unseen && slices.Equal(l.Seen, m.Seen) }

// Calibration 试评 shows, once a judge has scored a calibration work, how the panel scored it, without names.
type Calibration struct {
	Code   WorkCode `json:"code"`
	Mine   float64  `json:"mine"`
	Low    float64  `json:"low"`
	Median float64  `json:"median"`
	High   float64  `json:"high"`
	Judges int      `json:"judges"` // how many have scored it so far
}

// Duties is a judge's whole list, in the order to be scored.
type Duties struct {
	Contest   string            `json:"contest"` // title, marked when it is a rehearsal
	Judge     JudgeID           `json:"judge"`
	Name      string            `json:"name"`
	Round     Round             `json:"round"`
	Plan      string            `json:"plan"` // version
	Submitted bool              `json:"submitted"`
	Returned  string            `json:"returned,omitempty"` // why the list was given back; "" when it was not
	TotalOnly bool              `json:"total_only"`
	Rubrics   map[string]Rubric `json:"rubrics"` // by category
	Works     []Duty            `json:"works"`

	AskConfidence bool                `json:"ask_confidence,omitempty"` // the rules want 1-3 with each ballot
	Phrases       map[string][]string `json:"phrases,omitempty"`        // quick phrases for comments, by category
	Calibrations  []Calibration       `json:"calibrations,omitempty"`   // of works this judge has scored
	Secret        bool                `json:"secret,omitempty"`         // Submit wants the judge's PIN or passphrase
	Voting        *voting.Rule        `json:"voting,omitempty"`         // how the judge speaks; nil: by marks
	Pledge        *terms.Asked        `json:"pledge,omitempty"`         // before the first score; nil: none is asked
}

// OpenFile is a file as a judge gets it, to be read and closed.
type OpenFile struct {
	io.ReadSeekCloser
	Type string // of its content, as "image/jpeg"
	Size int64  // in bytes
	// ETag names the content for caches, without quotes. It is keyed: who has the file that was sent can't find it by
	// it.
	ETag string
}

// Ballots is one judge's desk. Its makers are the organiser's program, a packet on a judge's own machine, and a
// client on the local network; the scoring desk cannot tell them apart. All methods may be called again after an
// error; none retries by itself.
type Ballots interface {
	// Duties lists what the judge has to score. Errors: Closed when no plan is published.
	Duties(ctx context.Context) (Duties, error)
	// OpenFile gives the n-th file of a work, counting from 0, without its name. With a side above 0 a small picture
	// of it will do, whose longer side is about that many pixels; where there is none to be had, it is the file
	// itself. Errors: NotFound, Forbidden when the work is not the judge's.
	OpenFile(ctx context.Context, code WorkCode, n, side int) (OpenFile, error)
	// Load returns the ballot as last saved; an Open one when nothing was.
	Load(ctx context.Context, code WorkCode) (Ballot, error)
	// Save keeps the ballot for good before it returns and answers with it as kept: State and Total follow from the
	// marks. One whose Mark is kept already changes nothing, at any time: the answer is what holds now. One with a
	// Mark, on a Base that does not hold any more, was overtaken: it is kept next to what holds and never over it, and
	// Clash comes with what holds, for the judge to decide on. Errors: Invalid for a mark out of range, Closed after
	// Submit, Clash, Unavailable when the disk is full.
	Save(ctx context.Context, b Ballot) (Ballot, error)
	// Pledge accepts the pledge of Duties, whose Sum says which: until then Save is Closed. Accepted twice, it stays as
	// it was. Errors: Clash when another wording is asked by now, Unavailable.
	Pledge(ctx context.Context, sum string) error
	// Look keeps what the judge has looked at of a work, in place of what was kept of it before; once the list is
	// handed in, nothing. Errors: NotFound for a file that the work does not have, Forbidden as OpenFile, Unavailable.
	Look(ctx context.Context, code WorkCode, l Look) error
	// History lists what this judge said of a work, oldest first.
	History(ctx context.Context, code WorkCode) ([]ScoreVersion, error)
	// Submit locks the judge's list. secret is the judge's PIN or passphrase where Duties asks for it. Errors:
	// Clash when works are still open, Forbidden for a wrong secret.
	Submit(ctx context.Context, secret string) error
}

// Complete checks b against the rubric and returns it with State and Total settled: Scored when every criterion has
// a mark (or, with totalOnly, when only a total is given) and the rubric's terms are kept (Rubric.Lacks), Started when
// some have, Open when none has. Skipped,
// Abstained and Recused stay as they are and keep no marks' weight. Marks come back under the rubric's own names of
// criteria, flags in the order of Flags, each once. Errors: Invalid for a criterion unknown or named twice, a mark
// out of range or off the step, a confidence outside 0-3, an unknown flag.
func (b Ballot) Complete(r Rubric, totalOnly bool) (Ballot, error) {
	if b.Confidence < 0 || b.Confidence > 3 {
		return b, Fail(Invalid, "score.confidence", Args{"Value": b.Confidence})
	}
	flags, err := ownFlags(b.Flags)
	if err != nil {
		return b, err
	}
	b.Flags = flags
	if len(b.Marks) > 0 {
		marks, err := r.ownMarks(b.Marks)
		if err != nil {
			return b, err
		}
		b.Marks = marks
	}
	if b.State == Skipped || b.State == Abstained || b.State == Recused {
		return b, nil
	}
	return b.settle(r, totalOnly)
}

// ownFlags returns flags in the order of Flags, each once.
func ownFlags(flags []Flag) ([]Flag, error) {
	var own []Flag
	for _, f := range Flags {
		if slices.Contains(flags, f) {
			own = append(own, f)
		}
	}
	for _, f := range flags {
		if !slices.Contains(Flags, f) {
			return nil, Fail(Invalid, "score.unknown_flag", Args{"Name": string(f)})
		}
	}
	return own, nil
}

// ownMarks returns marks under the rubric's own spelling of its criteria.
func (r Rubric) ownMarks(marks map[string]float64) (map[string]float64, error) {
	own := make(map[string]float64, len(marks))
	for _, name := range sortedKeys(marks) {
		i := r.Index(name)
		if i < 0 {
			return nil, Fail(Invalid, "score.unknown_criterion", Args{"Name": name})
		}
		c := r.Criteria[i]
		if _, twice := own[c.Name]; twice {
			return nil, Fail(Invalid, "score.unknown_criterion", Args{"Name": name})
		}
		if !terms.Applies(marks[name]) && !c.Optional {
			return nil, Fail(Invalid, "score.must_apply", Args{"Name": c.Name})
		}
		if err := r.CheckMark(name, marks[name], c.Weight, c.Limits); terms.Applies(marks[name]) && err != nil {
			return nil, err
		}
		own[c.Name] = marks[name]
	}
	return own, nil
}

func (b Ballot) settle(r Rubric, totalOnly bool) (Ballot, error) {
	if len(b.Marks) > 0 {
		b.Total, b.State = r.Sum(b.Marks).Total(), Started
		if len(b.Marks) == len(r.Criteria) && r.Lacks(b) == "" {
			b.State = Scored
		}
		return b, nil
	}
	b.State = Open
	if totalOnly && b.Total != 0 {
		if err := r.CheckMark("", b.Total, r.Scale, r.Limits); err != nil {
			return b, err
		}
		b.Total = Exact(b.Total).Float()
		b.State = Scored
		if r.Lacks(b) != "" {
			b.State = Started
		}
	} else {
		b.Total = 0
	}
	return b, nil
}

// Source says by which way a score came in.
type Source string

// The ways.
const (
	Desk  Source = "desk"  // on this laptop
	Sheet Source = "sheet" // a filled score sheet
	CLI   Source = "cli"
	Sim   Source = "simulated" // a rehearsal's

	Packet Source = "packet" // the reply of a packet
	Room   Source = "room"   // in a browser, on the local network
)

// ByJudge reports whether the judge wrote it themself, over the whole form as it stood.
func (s Source) ByJudge() bool { return s == Desk || s == Room }

// ScoreVersion is one state of a score: what was said, when, through which door.
type ScoreVersion struct {
	Ballot
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Source Source    `json:"source"`
	File   string    `json:"file,omitempty"`
}

// Score is a judge's ballot for a work with every older value. Nobody edits it but the judge; the organiser can
// only void it, with a reason.
type Score struct {
	Round    Round          `json:"round"`
	Work     WorkID         `json:"work"`
	Judge    JudgeID        `json:"judge"`
	Versions []ScoreVersion `json:"versions"`       // oldest first; the last one holds
	Void     string         `json:"void,omitempty"` // reason; a void score does not count

	// Undone were taken back with the collection that brought them; they are kept to be looked up.
	Undone []ScoreVersion `json:"undone,omitempty"`
}

// Now returns the version that holds; the zero version when there is not one.
func (s Score) Now() ScoreVersion {
	if len(s.Versions) == 0 {
		return ScoreVersion{Ballot: Ballot{State: Open}}
	}
	return s.Versions[len(s.Versions)-1]
}

// Counts reports whether the score enters the ranking.
func (s Score) Counts() bool { return s.Void == "" && s.Now().State == Scored }

// Base is what a statement made on the score as it is now carries: the ID of the version that holds, or NoScore.
func (s Score) Base() string {
	if len(s.Versions) == 0 {
		return NoScore
	}
	return s.Now().ID()
}

// Editable returns the ballot that holds, ready to be changed and saved again: on the base it is, without a mark of
// its own.
func (s Score) Editable() Ballot {
	b := s.Now().Ballot
	b.Mark, b.Base = "", s.Base()
	return b
}
