package score

import (
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/terms"
)

// Spellings of the heads of flags, folded; the catalogue's own are among them.
var (
	FlagHeads     = []string{"标记", "举手", "flag", "flags"}
	FlagNoteHeads = []string{"标记原因", "标记说明", "举手原因", "flagreason", "reasonofflag"}
)

// flagWords lists how a flag may be written, in folded form. The catalogue's own words are among them.
var flagWords = map[judging.Flag][]string{
	judging.OffTopic:    {"偏题", "跑题", "离题", "offtopic"},
	judging.Copied:      {"疑似抄袭", "抄袭", "possiblycopied", "perhapscopied", "copied"},
	judging.MachineMade: {"疑似机器生成", "机器生成", "possiblymachine-made", "perhapsmadebyamachine", "machine-made"},
	judging.Concern: {
		"政治或法律表述有问题", "表述有问题", "politicalorlegalconcern", "politicalorlegalwordingiswrong",
	},
	judging.Privacy: {"泄露个人隐私", "泄露隐私", "violatesprivacy", "givesawayprivatedata"},
}

// FlagsOf reads flags, one or several with a comma or a blank line between them; ok is false where one is no flag.
func FlagsOf(text string) (flags []judging.Flag, ok bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n\r", r) })
	for _, part := range parts {
		folded, found := judging.Fold(part), false
		if folded == "" {
			continue
		}
		for _, f := range judging.Flags { // in their order, so that equal words give equal lists
			for _, w := range flagWords[f] {
				if w == folded {
					flags, found = append(flags, f), true
				}
			}
		}
		if !found {
			return nil, false
		}
	}
	return flags, true
}

// saidWords lists other words for the marks of a round without marks, by the word of their band, folded.
var saidWords = map[string][]string{
	"赞成":  {"同意", "for", "infavour", "approve", "yes"},
	"反对":  {"不赞成", "不同意", "against", "reject", "no"},
	"不确定": {"unsure"},
	"投":   {"投票", "投一票", "vote", "voteforit"},
	"不投":  {"不投票", "novote"},
}

// saidHeads lists what the only criterion of a round without marks is called on sheets in other languages, folded.
var saidHeads = map[string][]string{
	"赞成": {"approval"}, "投票": {"vote"}, "名次": {"place"}, "点数": {"points"},
}

// wordsOf are the words that may stand for marks of criterion i: those of bands that have one mark each, where all
// bands have. A word for several marks is not among them.
func wordsOf(r judging.Rubric, i int) map[string]float64 {
	bands := r.Criteria[i].Bands
	if len(bands) == 0 && len(r.Criteria) == 1 {
		bands = r.Bands
	}
	out := map[string]float64{}
	for _, b := range bands {
		if judging.Exact(b.From) != judging.Exact(b.To) {
			return nil
		}
		for _, w := range append([]string{b.Label}, saidWords[b.Label]...) {
			out[judging.Fold(w)] = b.From
		}
	}
	return out
}

// markIn reads a cell of marks: a number, or a word that stands for one or says that the criterion does not apply. said
// tells a word from a number.
func (m markColumn) markIn(c grid.Cell) (v float64, said, given, ok bool) {
	if terms.SaysNotApplicable(c.Text) && c.Kind != grid.FormulaCell {
		return terms.NotApplicable, true, true, true
	}
	if v, known := m.words[judging.Fold(c.Text)]; known && c.Kind != grid.FormulaCell && trimmed(c.Text) != "" {
		return v, true, true, true
	}
	v, given, ok = parseMark(c)
	return v, false, given, ok && terms.Applies(v) // the number is no word
}

// flags reads what the row raises for the organiser, or against the work.
func (r *scoreReader) flags(t *filledTable, b *judging.Ballot, l grid.Line) {
	flags, ok := FlagsOf(l.At(t.flags).Text)
	if !ok {
		r.problem(grid.ColumnLetters(t.flags), "paper.flag_unknown", nil, true)
		return
	}
	b.Flags, b.FlagNote = flags, trimmed(l.At(t.flagNote).Text)
	if len(flags) == 0 && b.FlagNote != "" {
		r.problem(grid.ColumnLetters(t.flags), "paper.flag_missing", nil, true)
	}
}
