package page

import (
	"errors"
	"slices"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
)

// Ways leads from a gate that refused to where each of its open points is seen to.
func Ways(sh kit.Shell, err error) []kit.Way {
	var open *office.OpenError
	if !errors.As(err, &open) {
		return nil
	}
	var out []kit.Way
	for _, p := range slices.Concat(open.Stops, open.Asks) {
		route := PointRoute(p)
		if route.Kind == "" {
			continue
		}
		out = append(out, kit.Way{
			Text: sh.T("openpoint.way", judging.Args{"Title": PointTitle(sh, p.Kind), "N": p.Count}),
			Do:   func() { sh.Navigate(route) },
		})
	}
	return out
}

// PointTitle names a kind of open points in few words.
func PointTitle(t kit.Texter, kind string) string { return t.T("openpoint.of_"+kind, nil) }

// ConflictedScores is the Tab of Judges with the scores whose judge's conflict was declared after they were given.
const ConflictedScores = "conflicted"

// LeftOut is the Tab of Problems with the rows only that are no works because of what is wrong with them.
const LeftOut = "left"

// listed are the pages that show more than an open point asks about: its works are listed on a page of their own.
var listed = []string{Works, Results, Board, Notice, Batches, Progress}

// PointRoute is where an open point is looked at: the list of exactly its works, or the page that shows just such
// things.
func PointRoute(p office.Point) kit.Route {
	switch {
	case p.Kind == "conflicted_scores":
		return kit.Route{Kind: Judges, Tab: ConflictedScores}
	case p.Kind == "import_problems":
		return kit.Route{Kind: Problems, Tab: LeftOut}
	case len(p.Works) > 0 && slices.Contains(listed, p.Place):
		return kit.Route{Kind: OpenPoint, Tab: p.Kind}
	}
	return kit.Route{Kind: p.Place}
}
