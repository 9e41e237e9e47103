package results

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/stats"
)

// Explanation is every number that made a work's place.
type Explanation struct {
	Standing
	Ranked    int              `json:"ranked"` // works with a place in the list
	Judges    []ExplainedScore `json:"judges"`
	Method    stats.Method     `json:"method"` // of the corrected score
	Sentences []Remark         `json:"sentences"`
}

// ExplainedScore is what one judge's score did. A void score has a reason and no weight.
type ExplainedScore struct {
	Judge   judging.JudgeID    `json:"judge"`
	Name    string             `json:"name"`
	Marks   map[string]float64 `json:"marks,omitempty"`
	Total   float64            `json:"total"`
	Dropped bool               `json:"dropped"` // left out as highest or lowest by the rules
	Void    string             `json:"void,omitempty"`
	Comment string             `json:"comment,omitempty"` // 评语
	// points the judge adds to a score: above 0 lenient, below 0 severe
	Severity   float64 `json:"severity"`
	SeveritySE float64 `json:"severity_se"`
	Scale      float64 `json:"scale"`
	Corrected  float64 `json:"corrected"` // the score as the method counts it
	// its part in the corrected score; what all lack of 1 is the pull to the mean
	Weight   float64 `json:"weight"`
	Surprise float64 `json:"surprise"` // leave-one-out z; beyond ±3 worth a look
	Slide    float64 `json:"slide"`    // points that the judge's drift had added, and that are taken out
	Trust    float64 `json:"trust"`    // share of its weight the score keeps, 0 to 1: less where it lies far off
	Without  int     `json:"without"`  // corrected place in the list without this judge; 0 if unknown
}

// Insert puts remarks behind the first sentence whose key begins with after.
func (e *Explanation) Insert(after string, remarks []Remark) {
	if i := slices.IndexFunc(e.Sentences, func(r Remark) bool { return strings.HasPrefix(r.Text, after) }); i >= 0 {
		e.Sentences = slices.Insert(e.Sentences, i+1, remarks...)
	}
}

func (s Scoring) Among(keep func(judging.Placing) bool) (out []judging.Placing) {
	for _, p := range s.Placings {
		if keep(p) {
			out = append(out, p)
		}
	}
	return out
}

// ExplainScores lists the scores of a work, judge by judge, with what f makes of them; list is what it is placed in.
func (s Scoring) ExplainScores(
	ctx context.Context, placing judging.Placing, f fit, list []judging.Placing,
) ([]ExplainedScore, error) {
	shares, work := map[judging.JudgeID]stats.Share{}, slices.Index(f.WorkIDs, placing.Work)
	for _, share := range f.Explain(work) {
		shares[f.pool.JudgeIDs[share.Judge]] = share
	}
	shifts, err := f.Influence(ctx, work, f.numbers(list))
	if err != nil {
		return nil, err
	}
	without := map[judging.JudgeID]int{}
	for _, shift := range shifts {
		without[f.pool.JudgeIDs[shift.Judge]] = shift.Rank
	}
	out := []ExplainedScore{}
	for _, score := range s.Scores {
		now := score.Now()
		if score.Work != placing.Work || now.State != judging.Scored {
			continue
		}
		e := ExplainedScore{
			Judge: score.Judge,
			Name:  s.Called[score.Judge],
			Marks: now.Marks,
			Total: now.Total,
			Void:  score.Void,

			Comment: now.Comment,
		}
		if share, counts := shares[score.Judge]; counts {
			e.Severity, e.Scale, e.Weight, e.Surprise = f.per*share.Severity, share.Scale, share.Weight, share.Surprise
			e.Corrected, e.Without = f.per*(share.Corrected+f.shift), without[score.Judge]
			e.SeveritySE = f.per * f.Result.Judges[share.Judge].SE
			e.Slide, e.Trust = f.per*share.Slide, share.Trust
		}
		out = append(out, e)
	}
	if placing.Dropped > 0 && !s.byCriterion(placing.Work) {
		markDropped(out, s.Tally(placing.Work).DroppedBy(s.Rules))
	}
	return out, nil
}

// markDropped marks the scores that are left out; dropped says so of each that is not void.
func markDropped(list []ExplainedScore, dropped []bool) {
	for i := range list {
		if list[i].Void == "" && len(dropped) > 0 {
			list[i].Dropped, dropped = dropped[0], dropped[1:]
		}
	}
}

// Sentences tells the explanation in plain words, in the order in which the numbers come about.
func (s Scoring) Sentences(e Explanation, list []judging.Placing, f fit) (out []Remark) {
	say := func(key string, args judging.Args) { out = append(out, Remark{Text: key, Args: args}) }
	name := strings.TrimSpace(e.Category + " " + e.Group)
	say("analysis.say_work", judging.Args{"Work": e.Code, "Title": e.Title, "List": name, "Scores": e.Scores})
	rubric, tally := s.Rules.RubricOf(e.Category), s.rankedBySum(e.Work)
	var kept []float64
	for _, j := range e.Judges {
		args := judging.Args{
			"Judge":  judgeName(j),
			"Marks":  marksText(rubric, j.Marks),
			"Total":  Points(j.Total),
			"Reason": j.Void,
		}
		switch {
		case j.Void != "":
			say("analysis.say_void", args)
		case tally.rankOf(j.Judge) > 0:
			args["Rank"] = judging.Decimal(tally.rankOf(j.Judge), 1)
			args["Offset"], args["Given"] = tally.Offset.Signed(), tally.Offset != 0
			say("analysis.say_rank", args)
		case s.Rules.Voting != nil:
			out = append(out, spoke(*s.Rules.Voting, judgeName(j), j.Total))
		case j.Dropped && s.Rules.Combine.Method == judging.Trimmed:
			say("analysis.say_dropped", args)
		case j.Dropped:
			say("analysis.say_left_"+string(s.Rules.Combine.Method), args)
		default:
			say("analysis.say_score", args)
			kept = append(kept, j.Total)
		}
		out = append(out, j.besides(rubric)...)
	}
	if e.Place == 0 {
		return append(out, s.unplaced(e, tally)...)
	}
	out = append(out, s.officialSentences(e, kept)...)
	out = append(out, s.ties(e.Placing, list)...)
	say("analysis.say_place", judging.Args{"List": name, "Ranked": e.Ranked, "Place": e.Place})
	if s.Rules.Voting != nil { // a word has no severity
		return out
	}
	return append(out, f.correction(e)...)
}

// officialSentences says how the totals that are kept, and what the office added or took off, became the official
// score of the round.
func (s Scoring) officialSentences(e Explanation, kept []float64) (out []Remark) {
	if s.Rules.Combine.Method == judging.RankSum {
		return s.sumOfRanks(e)
	}
	offset := s.OffsetOf(e.Work)
	out = s.offsets(e.Work)
	if s.Rules.Voting != nil {
		return append(append(out, s.runoff()...), s.voted(e))
	}
	sum := judging.Points(0)
	for _, v := range kept {
		sum += judging.Exact(v)
	}
	mean := sum.Float() / float64(len(kept))
	key, byRules := "analysis.say_official", s.Rules.Official == judging.ByRules || !s.evened(e.Category)
	switch {
	case !byRules:
		key = "analysis.say_official_" + string(s.Rules.Official)
	case len(s.Rules.Panels) > 0:
		key = "analysis.say_official_panels"
		var remarks []Remark
		remarks, mean = s.panels(e)
		out = append(out, remarks...)
	case s.byCriterion(e.Work):
		key = "analysis.say_official_criteria"
		var remarks []Remark
		remarks, mean = s.criteria(e)
		out = append(out, remarks...)
	case offset != 0:
		key = "analysis.say_official_offset"
	}
	if heard := s.heard(e.Work); heard != nil {
		args := judging.Args{"Sum": sum.String(), "Kept": len(kept), "Mean": judging.Decimal(mean, 4), "Key": key}
		out = append(out, Remark{Text: "analysis.say_judges_made", Args: args}, s.audience(e, heard))
		key, mean = "analysis.say_official_audience", s.mixed(e)
	}
	official := e.Official
	if s.Round > 1 && s.Rules.Official == judging.ByRules { // the joined score follows
		official = s.alone(e, s.OffsetOf(e.Work)).Rounded(s.Rules.Combine.Decimals)
	}
	out = append(out, Remark{Text: key, Args: judging.Args{
		"Sum":      sum.String(),
		"Kept":     len(kept),
		"Mean":     judging.Decimal(mean, 4),
		"Offset":   offset.Signed(),
		"Given":    offset != 0,
		"With":     judging.Decimal(max(0, mean+offset.Float()), 4),
		"Decimals": s.Rules.Combine.Decimals,
		"Official": Points(official),
		"Weight":   s.audienceWeight(),
		"Rest":     judging.Exact(100 - s.audienceWeight()).String(),
	}})
	if !byRules && offset != 0 {
		out = append(out, Remark{Text: "analysis.say_offset_within", Args: judging.Args{"Points": offset.Signed()}})
	}
	return out
}

// evened reports whether the official scores of a category are computed by the rules' method.
func (s Scoring) evened(category string) bool {
	p := s.Pool(s.Among(func(p judging.Placing) bool { return p.Category == category }))
	return compares(s.Rules.Official, p.table.Components().Count)
}

// ties says how the work was parted from its neighbours of equal official score, or that it was not.
func (s Scoring) ties(p judging.Placing, list []judging.Placing) (out []Remark) {
	i := slices.IndexFunc(list, func(o judging.Placing) bool { return o.Work == p.Work })
	tell := func(key string, step judging.TieStep, other judging.WorkID) {
		args := judging.Args{"Other": s.Works[other].Code}
		if step != "" {
			args["Mine"] = numbers(award.TieNumbers(s.Rules, s.ranked(p.Work), step))
			args["Theirs"] = numbers(award.TieNumbers(s.Rules, s.ranked(other), step))
			key += string(step)
		}
		out = append(out, Remark{Text: key, Args: args})
	}
	before, after := i, i // the nearest that are not equal
	for before >= 0 && list[before].Place == p.Place {
		before--
	}
	for after < len(list) && list[after].Place == p.Place {
		after++
	}
	if before >= 0 && p.TieStep != "" {
		tell("analysis.say_behind_", p.TieStep, list[before].Work)
	}
	if after < len(list) && list[after].TieStep != "" {
		tell("analysis.say_before_", list[after].TieStep, list[after].Work)
	}
	for _, o := range list {
		if p.Tied && o.Place == p.Place && o.Work != p.Work {
			tell("analysis.say_tied", "", o.Work)
		}
	}
	return out
}

// Tally gathers the scores of one work that count.
func (s Scoring) Tally(work judging.WorkID) award.Tally {
	t := award.Tally{
		Work: work, Category: s.Works[work].Category, Group: s.Works[work].Group, Offset: s.OffsetOf(work),
		Votes: s.Votes.Of(work),
	}
	for _, score := range s.Scores {
		if score.Work == work && score.Counts() {
			s.Add(&t, score)
		}
	}
	return t
}

// correction tells the corrected score, and how sure it and the place are.
func (f fit) correction(e Explanation) (out []Remark) {
	say := func(key string, args judging.Args) { out = append(out, Remark{Text: key, Args: args}) }
	if f.official {
		say("analysis.say_even", nil)
	} else {
		say("analysis.say_method_"+string(f.Method), nil)
	}
	rest := 1.0
	for _, j := range e.Judges {
		if j.Void != "" {
			continue
		}
		args := judging.Args{
			"Judge":     judgeName(j),
			"Severity":  judging.Decimal(math.Abs(j.Severity), 2),
			"SE":        judging.Decimal(j.SeveritySE, 2),
			"Total":     Points(j.Total),
			"Corrected": judging.Decimal(j.Corrected, 2),
			"Weight":    judging.Decimal(j.Weight, 3),
			"Without":   j.Without,
		}
		key := "analysis.say_judge_even"
		switch {
		case j.Severity > j.SeveritySE:
			key = "analysis.say_judge_lenient"
		case j.Severity < -j.SeveritySE:
			key = "analysis.say_judge_severe"
		}
		say(key, args)
		rest -= j.Weight
		if j.Surprise > odd || j.Surprise < -odd {
			say("analysis.say_odd", judging.Args{"Judge": judgeName(j), "Z": fmt.Sprintf("%+.1f", j.Surprise)})
		}
		out = append(out, j.read()...)
		if j.Without > 0 {
			say("analysis.say_without", args)
		}
	}
	if f.shift != 0 {
		say("analysis.say_pull", judging.Args{
			"Weight": judging.Decimal(rest, 3),
			"Mean":   judging.Decimal(f.per*f.shift, 2),
		})
	}
	say("analysis.say_corrected", judging.Args{
		"Corrected": judging.Decimal(*e.Corrected, 2),
		"SE":        judging.Decimal(e.SE, 2),
		"Lo":        e.PlaceLo,
		"Hi":        e.PlaceHi,
		"P":         judging.Decimal(100*e.PAward, 0),
	})
	return append(out, Remark{Text: f.advice.Text, Args: f.advice.Args})
}

// What is said of how a score was read: drift from so many points, a share of weight kept below so much.
const (
	leastSaid    = .5
	fullyTrusted = .75
)

// read says what was taken out of a score, and how far it counts.
func (j ExplainedScore) read() (out []Remark) {
	drifted := judging.Args{"Judge": judgeName(j), "Points": judging.Decimal(math.Abs(j.Slide), 1)}
	switch {
	case j.Slide >= leastSaid:
		out = append(out, Remark{Text: "analysis.say_grew_milder", Args: drifted})
	case j.Slide <= -leastSaid:
		out = append(out, Remark{Text: "analysis.say_grew_stricter", Args: drifted})
	}
	if j.Trust > 0 && j.Trust < fullyTrusted {
		share := judging.Decimal(100*j.Trust, 0)
		out = append(out, Remark{
			Text: "analysis.say_counts_less",
			Args: judging.Args{"Judge": judgeName(j), "Percent": share},
		})
	}
	return out
}

// odd is the leave-one-out z beyond which a score is worth a look.
const odd = 3

func judgeName(j ExplainedScore) string {
	if j.Name != "" {
		return j.Name
	}
	return string(j.Judge) // off the list since
}

func Points(v float64) string { return judging.Exact(v).String() }

func numbers(list []float64) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = Points(v)
	}
	return strings.Join(out, "、")
}
