package office

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
)

// identity is what an identity of the program looks like: w000012, j003, u001.
var identity = regexp.MustCompile(`^[a-z][0-9]{3,6}$`)

// IsIdentity reports whether s is an identity of the program, as w000012 or j003, which people never see.
func IsIdentity(s string) bool { return identity.MatchString(s) }

// Names returns what people call the things of o, by their identities: judges by their names, namesakes kept distinct,
// works and objections to them by the codes of the works. Errors: those of the store.
func Names(ctx context.Context, o *Office) (map[string]string, error) {
	judges, err := o.Assignment().Judges(ctx)
	if err != nil {
		return nil, err
	}
	works, err := o.Works(ctx, WorkFilter{})
	if err != nil {
		return nil, err
	}
	board, err := o.Notices().ListNotices(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(judges)+len(works))
	for id, called := range records.Calls(judges) {
		out[string(id)] = called
	}
	for _, w := range works {
		out[string(w.ID)] = string(w.Code)
	}
	for _, x := range board.Objections {
		out[x.ID] = out[string(x.Work)]
	}
	return out, nil
}

// Tale returns the key and the arguments of the text that says what an entry of the journal did, times in a row.
func Tale(e judging.Entry, times int) (key string, args judging.Args) {
	var after struct {
		Tally  judging.RowTally `json:"tally"`
		Pairs  int              `json:"pairs"`
		Status string           `json:"status"`
	}
	// Some verbs keep lists or other shapes: what doesn't fit stays empty.
	_ = json.Unmarshal(e.After, &after)
	return "app.tale_" + strings.NewReplacer(".", "_", "-", "_").Replace(e.Verb), judging.Args{
		"Times": times, "Accepted": after.Tally.Accepted, "Changed": after.Tally.Changed, "Pairs": after.Pairs,
		"Status": after.Status,
	}
}
