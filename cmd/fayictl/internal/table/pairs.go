package table

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/comparison"
)

// pairsJSON is the stable form of table pairs. Works are left out when they go to a file.
type pairsJSON struct {
	Answers   int          `json:"answers"`
	Works     []comparedIn `json:"works,omitempty"`
	Judges    []comparerIn `json:"judges"`
	Spread    float64      `json:"spread"` // standard deviation of quality, logits
	Pieces    int          `json:"pieces"`
	Converged bool         `json:"converged"`
	Repeated  []int        `json:"repeated"` // rows in which a judge answers about a pair again; each counts
	Cut       int          `json:"cut,omitempty"`
	Doubtful  []string     `json:"doubtful"` // works whose side of the cut line is open
	Next      []askIn      `json:"next"`     // for each judge who was not asked everything
}

type comparedIn struct {
	Work    string   `json:"work"`
	Value   float64  `json:"value"` // logits
	SE      float64  `json:"se"`
	Place   int      `json:"place"`
	PlaceLo int      `json:"place_lo"`
	PlaceHi int      `json:"place_hi"`
	N       int      `json:"n"`
	Wins    float64  `json:"wins"`
	Chance  *float64 `json:"chance,omitempty"` // of the cut line
}

type comparerIn struct {
	Judge  string  `json:"judge"`
	N      int     `json:"n"`
	Equal  int     `json:"equal"`
	Sharp  float64 `json:"discrimination"`
	Infit  float64 `json:"infit"`
	Agrees float64 `json:"agrees"`
}

type askIn struct {
	Judge string `json:"judge"`
	Left  string `json:"left"`
	Right string `json:"right"`
}

// answerList is a file of answers, with the names of its works and judges in the order of their first row.
type answerList struct {
	comparison.Table
	works, judges []string
	repeated      []int // rows of a pair that the judge was asked about above
}

// tablePairs puts works in an order by answers to “which of the two is better”, says whose place is open, and which
// pair to ask each judge next.
func tablePairs(cmd *command.Command) command.Handler {
	cmd.Use("table pairs FILE", "table pairs answers.csv --cut 6 --out order.csv")
	cut := cmd.Num("cut", "N", "flag.pairs_cut", 1)
	out := cmd.Str("out", "FILE.csv", "flag.out")
	seed := cmd.Seed("flag.seed")
	return func(c *command.Call, args []string) (command.Result, error) {
		list, err := readAnswers(args[0])
		if err != nil {
			return command.Result{}, err
		}
		var o comparison.Options
		if *cut > 0 {
			o.Cuts = []int{*cut}
		}
		r, err := comparison.Fit(c.Ctx, list.Table, o)
		if err != nil {
			return command.Result{}, err
		}
		doc := pairsOf(list, r, *cut, seed.Or(1))
		if *out != "" {
			if err := command.Save(*out, func(w io.Writer) error { return writeCompared(w, doc.Works) }); err != nil {
				return command.Result{}, err
			}
		}
		return answerPairs(doc, *out)
	}
}

var answersForm = form{[][]string{judgeHeads, leftHeads, rightHeads, betterHeads}, func(file string) *judging.Error {
	return judging.Fail(judging.Invalid, "table.answers_unreadable", judging.Args{"File": file})
}}

// readAnswers reads a csv with the columns judge, left, right and better: which side, that both are equal, or the name
// of the better one.
func readAnswers(path string) (out answerList, err error) {
	works, judges, asked := map[string]int{}, map[string]int{}, map[[3]int]bool{}
	number := func(known map[string]int, list *[]string, name string) int {
		i, ok := known[name]
		if !ok {
			i = len(*list)
			known[name] = i
			*list = append(*list, strings.Clone(name))
		}
		return i
	}
	err = readList(path, answersForm, func(r listRow) error {
		left, right := r.cells[1], r.cells[2]
		if left == right {
			return r.fail("table.pair_itself", judging.Args{"Work": left})
		}
		better, ok := sideOf(r.cells[3], left, right)
		if !ok {
			return r.fail("table.bad_side", judging.Args{"Column": string(rune('A' + r.cols[3]))})
		}
		a := comparison.Answer{
			Judge: number(judges, &out.judges, r.cells[0]), Left: number(works, &out.works, left),
			Right: number(works, &out.works, right), Better: better,
		}
		pair := [3]int{a.Judge, min(a.Left, a.Right), max(a.Left, a.Right)}
		if asked[pair] {
			out.repeated = append(out.repeated, r.row)
		}
		asked[pair] = true
		out.Answers = append(out.Answers, a)
		return nil
	})
	out.Works, out.Judges = len(out.works), len(out.judges)
	if err == nil && len(out.Answers) == 0 {
		err = answersForm.missing(path, nil)
	}
	return out, err
}

// sideOf reads which work is better: by its name, which goes before the words, or by the side.
func sideOf(text, left, right string) (comparison.Side, bool) {
	switch {
	case text == left:
		return comparison.Left, true
	case text == right:
		return comparison.Right, true
	}
	switch judging.Fold(text) {
	case "left", "左", "左边", "甲":
		return comparison.Left, true
	case "right", "右", "右边", "乙":
		return comparison.Right, true
	case "equal", "相当", "一样", "平", "差不多":
		return comparison.Equal, true
	}
	return 0, false
}

func pairsOf(list answerList, r *comparison.Result, cut int, seed uint64) pairsJSON {
	doc := pairsJSON{Answers: len(list.Answers), Spread: r.Spread, Pieces: r.Pieces, Converged: r.Converged, Cut: cut,
		Repeated: append([]int{}, list.repeated...), Doubtful: []string{}, Next: []askIn{}}
	for i, s := range r.Works {
		w := comparedIn{Work: list.works[i], Value: s.Value, SE: s.SE, Place: s.Place, PlaceLo: s.PlaceLo,
			PlaceHi: s.PlaceHi, N: s.N, Wins: s.Wins}
		if cut > 0 {
			w.Chance = &r.Works[i].Award[0]
		}
		doc.Works = append(doc.Works, w)
	}
	slices.SortStableFunc(doc.Works, func(a, b comparedIn) int { return cmp.Compare(a.Place, b.Place) })
	if cut > 0 {
		doc.Doubtful = append(doc.Doubtful, pick(list.works, r.Doubtful(0))...)
	}
	for j, s := range r.Judges {
		doc.Judges = append(doc.Judges, comparerIn{list.judges[j], s.N, s.Equal, s.Sharp, s.Infit, s.Agrees})
		if p, ok := r.Next(j, nil, seed); ok {
			doc.Next = append(doc.Next, askIn{list.judges[j], list.works[p.Left], list.works[p.Right]})
		}
	}
	return doc
}

func writeCompared(w io.Writer, all []comparedIn) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"work", "value", "se", "place", "place_lo", "place_hi", "answers", "wins"})
	for _, s := range all { // the first error sticks and is returned by Error
		_ = out.Write([]string{plainCell(s.Work), number(s.Value), number(s.SE), strconv.Itoa(s.Place),
			strconv.Itoa(s.PlaceLo), strconv.Itoa(s.PlaceHi), strconv.Itoa(s.N), number(s.Wins)})
	}
	out.Flush()
	return out.Error()
}

func answerPairs(doc pairsJSON, out string) (command.Result, error) {
	summary := doc
	if out != "" {
		summary.Works = nil
	}
	return command.Answer(summary, func(pr *command.Printer) {
		if out == "" {
			rows := [][]string{pr.Titles("table.col_", "rank", "work", "rank_range", "wins", "answers")}
			for _, s := range doc.Works {
				rows = append(rows, []string{fmt.Sprint(s.Place), s.Work, fmt.Sprintf("%d–%d", s.PlaceLo, s.PlaceHi),
					strconv.FormatFloat(s.Wins, 'f', -1, 64), fmt.Sprint(s.N)})
			}
			pr.Table(rows)
		}
		pr.Say("table.pairs_size", judging.Args{"Works": len(doc.Works), "Judges": len(doc.Judges),
			"Answers": doc.Answers})
		for _, j := range doc.Judges {
			if j.Infit > restless || j.Sharp < dull {
				pr.Aside().Say("table.pairs_judge", judging.Args{"Judge": j.Judge, "N": j.N,
					"Agrees": fmt.Sprintf("%.0f%%", 100*j.Agrees)})
			}
		}
		if n := len(doc.Repeated); n > 0 {
			pr.Aside().Say("table.pairs_repeated", judging.Args{"N": n, "Row": doc.Repeated[0]})
		}
		if doc.Pieces > 1 {
			pr.Aside().Say("table.pairs_pieces", judging.Args{"Count": doc.Pieces})
		}
		switch {
		case doc.Cut == 0:
		case len(doc.Doubtful) == 0:
			pr.Say("table.pairs_sure", judging.Args{"Cut": doc.Cut})
		default:
			pr.Say("table.pairs_open", judging.Args{"Cut": doc.Cut, "Names": strings.Join(doc.Doubtful, "、")})
		}
		for _, n := range doc.Next {
			pr.Say("table.pairs_next", judging.Args{"Judge": n.Judge, "Left": n.Left, "Right": n.Right})
		}
		if out != "" {
			pr.Say("cli.written", judging.Args{"Path": out})
		}
	})
}

// A judge beyond these is named: too often surprising, or nearly at random.
const (
	restless = 1.3
	dull     = .5
)
