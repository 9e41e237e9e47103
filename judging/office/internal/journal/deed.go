package journal

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"fayi/judging"
)

// Acting says who does what a judge is named in: the judge, who proved to be there, or the organiser for the judge.
type Acting struct {
	Judge  judging.JudgeID // who proved to be there; "" for the organiser
	Reason string          // why the organiser acts for a judge; "" where none was given
}

type actingKey struct{}

// WithActing returns a context under which an operation that names a judge is done by a.
func WithActing(ctx context.Context, a Acting) context.Context {
	return context.WithValue(ctx, actingKey{}, a)
}

// ActingIn tells who acts under ctx: without a word the organiser.
func ActingIn(ctx context.Context) Acting {
	a, _ := ctx.Value(actingKey{}).(Acting)
	return a
}

// Deed says who really did what an entry of the journal is about, and by which way it came.
type Deed struct {
	By     judging.JudgeID `json:"-"`                // "" for the organiser
	For    judging.JudgeID `json:"for,omitempty"`    // for whom the organiser acted
	Via    judging.Source  `json:"via,omitempty"`    // the desk, a packet, a sheet, the command line
	Reason string          `json:"reason,omitempty"` // why the organiser did
	On     string          `json:"-"`                // with which program, on which computer; as in an Entry
}

// DeedOf is what a judge's statement is that came by a way: at a desk, on a device of their own and in a packet the
// judge acts, a sheet is brought by the organiser, and what is typed is a's.
func DeedOf(judge judging.JudgeID, via judging.Source, a Acting) Deed {
	switch {
	case via == judging.Desk || via == judging.Room || via == judging.Packet || a.Judge == judge && judge != "":
		return Deed{By: judge, Via: via}
	default:
		return Deed{For: judge, Via: via, Reason: a.Reason}
	}
}

// ReadDeed reads from an entry who did it.
func ReadDeed(e judging.Entry) Deed {
	var d Deed
	_ = json.Unmarshal(e.After, &d) // entries keep other shapes, too
	if d.By, d.On = judgeOf(e), e.On; d.For == "" && d.Via == "" {
		return Deed{By: d.By, On: d.On} // a reason of another kind
	}
	return d
}

// Words says who did it and where, in words; names are what people call judges, by their identities.
func (d Deed) Words(words func(key string, args map[string]any) string, names map[string]string) string {
	who := d.who(words, names)
	program, computer, _ := strings.Cut(d.On, " ")
	if program != Window && program != CommandLine { // of a later version
		return who
	}
	return words("history.on", map[string]any{
		"Who": who, "Program": words("history.program_"+program, nil), "Computer": computer,
	})
}

// The programs that an entry may name.
const (
	Window      = "window"
	CommandLine = "fayictl"
)

func (d Deed) who(words func(key string, args map[string]any) string, names map[string]string) string {
	via := ""
	if d.Via != "" {
		via = words("score.source_"+string(d.Via), nil)
	}
	switch {
	case d.By != "":
		return words("history.by_judge", map[string]any{"Name": cmp.Or(names[string(d.By)], string(d.By)), "Via": via})
	case d.For != "":
		return words("history.for_judge", map[string]any{
			"Name": cmp.Or(names[string(d.For)], string(d.For)), "Via": via, "Reason": d.Reason,
		})
	}
	return words("history.organiser", nil)
}

// judgeOf is the judge who made an entry, "" for the organiser.
func judgeOf(e judging.Entry) judging.JudgeID {
	if e.By == OrganiserName {
		return ""
	}
	return judging.JudgeID(e.By)
}

// OrganiserName is the organiser as the journal names them.
const OrganiserName = "organiser"

// Notes puts into after, what an entry keeps, who did it, and returns it.
func (d Deed) Notes(after map[string]any) map[string]any {
	for name, v := range map[string]string{"for": string(d.For), "via": string(d.Via), "reason": d.Reason} {
		if v != "" {
			after[name] = v
		}
	}
	return after
}
