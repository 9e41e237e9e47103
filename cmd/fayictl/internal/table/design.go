package table

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/assign"
)

// Most of what table design takes: the judges' pairs are kept in a square, and an eligible list is turned into its
// opposite.
const (
	mostDesignJudges = 5000
	mostDesignScores = 20_000_000
)

// designJSON is the stable form of table design.
type designJSON struct {
	Works          int        `json:"works"`
	Judges         int        `json:"judges"`
	PerWork        int        `json:"per_work"`
	Seed           uint64     `json:"seed"`
	Loads          loadsJSON  `json:"loads"`
	PairSumSquares int64      `json:"pair_sum_squares"`
	Bound          int64      `json:"bound"`
	AEfficiency    float64    `json:"a_efficiency"`
	Components     int        `json:"components"`
	Seconds        float64    `json:"seconds"`
	Warnings       []noteJSON `json:"warnings"`
}

type loadsJSON struct {
	Min  int   `json:"min"`
	Max  int   `json:"max"`
	Each []int `json:"each"` // of judge 1, 2, …
}

// designFiles are the lists that limit who may score what.
type designFiles struct{ eligible, works, judges, conflicts string }

// tableDesign spreads works 1..N over judges 1..J.
func tableDesign(cmd *command.Command) command.Handler {
	cmd.Use("table design", "table design --works 640 --judges 24 --per-work 3 --out design.csv")
	cmd.Ends(judging.Clash) // works that no plan can make comparable
	works := cmd.MustNum("works", "N", "flag.design_works", 1)
	judges := cmd.MustNum("judges", "N", "flag.design_judges", 1)
	perWork := cmd.MustNum("per-work", "N", "flag.per_work", 1)
	out := cmd.Must("out", "FILE.csv", "flag.out")
	var lists designFiles
	cmd.StrVar(&lists.eligible, "eligible", "FILE", "flag.eligible")
	cmd.StrVar(&lists.works, "works-categories", "FILE", "flag.works_categories")
	cmd.StrVar(&lists.judges, "judges-categories", "FILE", "flag.judges_categories")
	cmd.StrVar(&lists.conflicts, "conflicts", "FILE", "flag.conflicts")
	seed := cmd.Seed("flag.seed")
	cmd.Limit(command.AllOrNone, "works-categories", "judges-categories")
	return func(c *command.Call, _ []string) (command.Result, error) {
		p := assign.Problem{Works: *works, Judges: *judges, PerWork: *perWork}
		return design(c, p, lists, seed.Or(1), *out)
	}
}

// design solves p within the lists and writes the plan to path.
func design(c *command.Call, p assign.Problem, lists designFiles, seed uint64, path string) (command.Result, error) {
	if p.Judges > mostDesignJudges || p.Works > mostDesignScores/p.PerWork {
		return command.Result{}, judging.Fail(judging.Invalid, "table.design_size",
			judging.Args{"Judges": mostDesignJudges, "Scores": mostDesignScores})
	}
	names, err := lists.limit(&p)
	if err != nil {
		return command.Result{}, err
	}
	bar, begin := c.Bar("cli.planning"), c.Now()
	plan, err := assign.Solve(c.Ctx, p, seed, bar.Step)
	bar.Done()
	if err != nil {
		return noDesign(c, err, names)
	}
	doc := designOf(p, plan, names, c)
	doc.Seconds = math.Round(1000*c.Now().Sub(begin).Seconds()) / 1000
	if err := command.Save(path, func(w io.Writer) error { return writeDesign(w, plan) }); err != nil {
		return command.Result{}, err
	}
	return command.Answer(doc, func(pr *command.Printer) {
		pr.Say("table.designed", judging.Args{"Works": p.Works, "Judges": p.Judges, "PerWork": p.PerWork,
			"Min": doc.Loads.Min,
			"Max": doc.Loads.Max, "Components": doc.Components, "Squares": doc.PairSumSquares, "Bound": doc.Bound,
			"Efficiency": fmt.Sprintf("%.4f", doc.AEfficiency), "Seed": seed, "Path": path})
		for _, w := range doc.Warnings {
			pr.Aside().Line("%s", w.Text)
		}
	})
}

func designOf(p assign.Problem, plan assign.Plan, categories []string, c *command.Call) designJSON {
	q := plan.Proof
	doc := designJSON{Works: p.Works, Judges: p.Judges, PerWork: p.PerWork, Seed: q.Seed,
		Loads:          loadsJSON{q.MinLoad, q.MaxLoad, q.Loads},
		PairSumSquares: q.PairSumSquares, Bound: q.Bound, AEfficiency: q.AEfficiency, Components: len(q.Overall.Groups),
		Warnings: []noteJSON{}}
	for _, w := range q.Warnings {
		args := judging.Args{"Category": categoryName(categories, w.Category), "Value": w.Value, "Count": len(w.Groups),
			"Groups": groupList(w.Groups, c.Text.T("kit.comma", nil)),
			"Pairs":  len(w.Pairs)}
		doc.Warnings = append(doc.Warnings, note(c, w.Key, args, nil, nil))
	}
	return doc
}

// categoryName is empty where there is but one category.
func categoryName(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return ""
	}
	return names[i]
}

// groupList names the judges of each group by number, not more than fit on a line or two.
func groupList(groups [][]int, comma string) string {
	var parts []string
	for i, g := range groups {
		if i == 10 {
			parts = append(parts, "…")
			break
		}
		var judges []string
		for k, j := range g {
			if k == 10 {
				judges = append(judges, "…")
				break
			}
			judges = append(judges, strconv.Itoa(j+1))
		}
		parts = append(parts, strings.Join(judges, comma))
	}
	return strings.Join(parts, " | ")
}

// noDesign tells in plain sums or groups why there is no design; in JSON form what is missing is printed too.
func noDesign(c *command.Call, err error, categories []string) (command.Result, error) {
	var apart *assign.Disconnected
	if errors.As(err, &apart) {
		l := apart.Links[0]
		return command.Result{}, judging.Fail(judging.Clash, "table.disconnected",
			judging.Args{"Category": categoryName(categories, l.Category), "Pieces": len(l.Groups),
				"Groups": groupList(l.Groups, c.Text.T("kit.comma", nil))})
	}
	var lack *assign.Infeasible
	if !errors.As(err, &lack) {
		return command.Result{}, err
	}
	type missing struct {
		Category string `json:"category"`
		Works    int    `json:"works"`
		Judges   int    `json:"judges"`
		Needed   int    `json:"needed"`
		Capacity int    `json:"capacity"`
		Short    int    `json:"short"`
	}
	var list []missing
	var told []error
	for _, s := range lack.Shortages {
		var names []string
		for _, k := range s.Categories {
			if n := categoryName(categories, k); n != "" {
				names = append(names, n)
			}
		}
		m := missing{strings.Join(names, c.Text.T("kit.comma", nil)), len(s.Works), len(s.Judges), s.Needed, s.Capacity,
			s.Short}
		list = append(list, m)
		told = append(told, judging.Fail(judging.Invalid, "table.shortage"+s.Cause.Ending(),
			judging.Args{"Category": m.Category, "Works": m.Works, "Judges": m.Judges,
				"Needed": m.Needed, "Capacity": m.Capacity, "Short": m.Short}))
	}
	return command.NewResult(map[string]any{"missing": list}, nil), errors.Join(told...)
}

func writeDesign(w io.Writer, plan assign.Plan) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"work", "judge"}) // the first error sticks and is returned by Error
	for _, p := range plan.Pairs() {
		_ = out.Write([]string{strconv.Itoa(p.Work + 1), strconv.Itoa(p.Judge + 1)})
	}
	out.Flush()
	return out.Error()
}

// limit reads the lists into p and returns the names of the categories. A work without a category, and one without an
// eligible judge, is an error.
func (l designFiles) limit(p *assign.Problem) (categories []string, err error) {
	if l.works != "" {
		if categories, err = l.expertise(p); err != nil {
			return nil, err
		}
	}
	if l.conflicts != "" {
		if p.Conflicts, err = readPairs(l.conflicts, p); err != nil {
			return nil, err
		}
	}
	if l.eligible != "" {
		err = l.onlyEligible(p)
	}
	return categories, err
}

func (l designFiles) expertise(p *assign.Problem) (names []string, err error) {
	number := map[string]int{}
	p.Category, p.Expertise = slices.Repeat([]int{-1}, p.Works), make([][]int, p.Judges)
	err = readList(l.works, two(workHeads, categoryHeads), func(r listRow) error {
		w, err := r.number(0, p.Works)
		if err != nil {
			return err
		}
		k, known := number[r.cells[1]]
		if !known {
			k = len(names)
			number[r.cells[1]], names = k, append(names, r.cells[1])
		}
		if p.Category[w] >= 0 && p.Category[w] != k {
			return r.fail("table.two_categories", judging.Args{"Work": w + 1})
		}
		p.Category[w] = k
		return nil
	})
	if err != nil {
		return nil, err
	}
	if w := slices.Index(p.Category, -1); w >= 0 {
		return nil, judging.Fail(judging.Invalid, "table.no_category",
			judging.Args{"Work": w + 1, "File": filepath.Base(l.works)})
	}
	known := make([]bool, p.Judges)
	err = readList(l.judges, two(judgeHeads, categoryHeads), func(r listRow) error {
		j, err := r.number(0, p.Judges)
		if err != nil {
			return err
		}
		known[j] = true
		if k, ok := number[r.cells[1]]; ok && !slices.Contains(p.Expertise[j], k) {
			p.Expertise[j] = append(p.Expertise[j], k)
		}
		return nil
	})
	p.Closed = make([]bool, p.Judges)
	for j := range known { // in a problem an empty row means every category; here it is a judge of none that has works
		p.Closed[j] = known[j] && len(p.Expertise[j]) == 0
	}
	return names, err
}

// onlyEligible bars every pair that the list does not name, for the works it names.
func (l designFiles) onlyEligible(p *assign.Problem) error {
	pairs, err := readPairs(l.eligible, p)
	if err != nil {
		return err
	}
	if p.Works*p.Judges > mostDesignScores {
		return judging.Fail(judging.Invalid, "table.eligible_size", judging.Args{"Pairs": mostDesignScores})
	}
	may := map[int][]bool{}
	for _, q := range pairs {
		if may[q.Work] == nil {
			may[q.Work] = make([]bool, p.Judges)
		}
		may[q.Work][q.Judge] = true
	}
	for w := range p.Works {
		for j, ok := range may[w] {
			if !ok {
				p.Conflicts = append(p.Conflicts, assign.Pair{Work: w, Judge: j})
			}
		}
	}
	return nil
}
