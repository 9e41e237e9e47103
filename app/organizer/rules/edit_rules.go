package rules

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/draft"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/effect"
)

type editRulesOffice interface {
	Rules(ctx context.Context) (judging.Rules, error)
	WeighRules(ctx context.Context, rules judging.Rules) (effect.RuleEffect, error)
	SaveRules(ctx context.Context, rules judging.Rules, accept bool) (judging.Rules, error)
}

// ruleDraft is what is being written: the rules, and by the input's name what stands where a number should be.
type ruleDraft struct {
	Rules judging.Rules
	Bad   map[string]string
}

// editRulesPage changes the rules of a contest, a section at a time. Nothing counts before it is saved.
type editRulesPage struct {
	sh      kit.Shell
	office  editRulesOffice
	section string
	rubric  int // the one shown
	draft   ruleDraft
	was     judging.Rules // in force when the page was opened
	faults  []ruleFault
	watch   []func() // brings what an input says in line with the faults
	body    *fyne.Container
	scroll  *container.Scroll // in the body
	lines   ruleLines
	strict  bool // lines that nothing was written into are faults, too: somebody pressed save
	frame   ruleFrame
}

// ruleLines are the lines of the section shown, to put the cursor in.
type ruleLines struct {
	lists map[string]*field.Lines // by what is added to them
	notes []*field.LineNote
	other []ruleField
}

// ruleField is an input that stands in no line.
type ruleField interface {
	Wrong() string
	Entry() *field.Entry
}

// ruleFrame is what stands around the section.
type ruleFrame struct {
	head  *header.Header
	tabs  *choice.Segments
	offer *fyne.Container
	foot  *fyne.Container
}

// draftOfRules is the key of the draft.
const draftOfRules = "rules"

func newEditRulesPage(sh kit.Shell, o editRulesOffice, section string) *editRulesPage {
	if !slices.Contains(ruleSections, section) {
		section = page.RuleBasics
	}
	return &editRulesPage{sh: sh, office: o, section: section}
}

// ruleKept is what the page keeps when it is made again.
type ruleKept struct {
	section string
	rubric  int
	draft   ruleDraft
	was     judging.Rules
}

// Keep keeps what was written.
func (p *editRulesPage) Keep() any { return ruleKept{p.section, p.rubric, p.draft, p.was} }

// Restore takes it back.
func (p *editRulesPage) Restore(state any) {
	if k, ok := state.(ruleKept); ok {
		p.section, p.rubric, p.draft, p.was = k.section, k.rubric, k.draft, k.was
	}
}

// Title is the page's name.
func (p *editRulesPage) Title() string { return p.sh.T("ruleedit.title", nil) }

// Content builds the frame.
func (p *editRulesPage) Content() fyne.CanvasObject {
	p.frame.head = header.New(
		p.Title(), button.New(p.sh.T("ruleedit.give_up", nil), p.onGiveUp),
		button.NewPrimary(p.sh.T("ruleedit.save", nil), p.onSave),
	).WithBack(p.sh.Back)
	var tabs []choice.Option
	for _, s := range ruleSections {
		tabs = append(tabs, choice.Option{Key: s, Title: p.sh.T("ruleedit.tab_"+s, nil)})
	}
	p.frame.tabs = choice.NewSegments(tabs, p.section, func(s string) { p.section = s; p.show() })
	p.frame.offer, p.frame.foot, p.body = container.NewStack(), container.NewStack(), container.NewStack()
	p.frame.offer.Hide()
	top := lay.Stack(lay.Gap8, p.frame.offer, lay.Row(0, p.frame.tabs))
	return header.Page(p.frame.head, lay.Fill(top, p.body, p.frame.foot))
}

// Load reads the rules in force, once: what is being written is neither read over nor drawn again.
func (p *editRulesPage) Load() {
	if p.was.Version > 0 {
		if len(p.body.Objects) == 0 {
			p.show()
		}
		return
	}
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (judging.Rules, error) { return p.office.Rules(ctx) },
		func(r judging.Rules) {
			p.was, p.draft = r, ruleDraft{Rules: cloneRules(r)}
			var kept ruleDraft
			if draft.Of(p.sh, draftOfRules, &kept) && (kept.Rules.Hash() != r.Hash() || len(kept.Bad) > 0) {
				p.frame.offer.Objects = []fyne.CanvasObject{draft.NewOffer(p.sh, func() {
					p.draft = kept
					p.show()
				}, func() { draft.Drop(p.sh, draftOfRules) })}
				p.frame.offer.Show()
			}
			p.show()
		},
	)
}

// cloneRules returns rules whose lists can be changed without changing those of r.
func cloneRules(r judging.Rules) judging.Rules {
	r.Ties = slices.Clone(r.Ties)
	r.Awards = slices.Clone(r.Awards)
	r.Totals = slices.Clone(r.Totals)
	r.UnitPrizes = slices.Clone(r.UnitPrizes)
	r.Mentors = slices.Clone(r.Mentors)
	r.Specials = slices.Clone(r.Specials)
	r.Rounds = slices.Clone(r.Rounds)
	r.Quotas = slices.Clone(r.Quotas)
	r.Groups = slices.Clone(r.Groups)
	r.Categories = slices.Clone(r.Categories)
	r.Rubrics = slices.Clone(r.Rubrics)
	if r.Live != nil {
		r.Live = new(*r.Live)
	}
	if r.Voting != nil {
		r.Voting = new(*r.Voting)
	}
	if r.Audience != nil {
		r.Audience = new(*r.Audience)
		r.Audience.Steps = slices.Clone(r.Audience.Steps)
	}
	for i := range r.Rounds {
		if v := r.Rounds[i].Voting; v != nil {
			r.Rounds[i].Voting = new(*v)
		}
	}
	for i := range r.UnitPrizes {
		r.UnitPrizes[i].Points = maps.Clone(r.UnitPrizes[i].Points)
	}
	for i := range r.Rubrics {
		r.Rubrics[i] = cloneRubric(r.Rubrics[i])
	}
	return r
}

func cloneRubric(n judging.NamedRubric) judging.NamedRubric {
	n.Criteria, n.Bands, n.Phrases = slices.Clone(n.Criteria), slices.Clone(n.Bands), slices.Clone(n.Phrases)
	n.Vetoes = slices.Clone(n.Vetoes)
	return n
}

// show draws the section again when another one was chosen, and when lines came, went or moved. Typing draws
// nothing again.
func (p *editRulesPage) show() {
	p.watch, p.lines = nil, ruleLines{lists: map[string]*field.Lines{}}
	p.frame.tabs.Choose(p.section)
	make := map[string]func() fyne.CanvasObject{
		page.RuleBasics: p.basics, page.RuleCategories: p.categories, page.RuleGroups: p.groups,
		page.RuleRubrics: p.rubrics, page.RuleAwards: p.awards, page.RuleStage: p.stage,
		page.RulePreview: p.preview,
	}[p.section]
	p.scroll = lay.VScroll(page.ClearOfBar(make()))
	page.SetBody(p.body, p.scroll)
	p.judge()
}

// grow adds a line to a list of the section and puts the cursor in it.
func (p *editRulesPage) grow(list string, add func()) {
	add()
	p.reshape()
	p.scroll.Refresh() // paragraphs know their height once they were laid out
	if l := p.lines.lists[list]; l != nil && len(l.Notes()) > 0 {
		p.cursor(l.Notes()[len(l.Notes())-1].First())
	}
}

// judge checks what is written and shows it next to the inputs and at the foot.
func (p *editRulesPage) judge() {
	p.faults = ruleFaults(p.sh, p.judged(), p.draft.Bad)
	p.strict = p.strict && len(p.faults) > 0
	for _, tell := range p.watch {
		tell()
	}
	line := page.Marked(look.Done, p.sh.T("ruleedit.no_fault", nil))
	if n := len(p.faults); n > 0 {
		first := p.faults[0]
		words := page.Marked(look.Problem, p.sh.T("ruleedit.faults", judging.Args{"N": n, "First": first.text}))
		line = container.NewBorder(
			nil, nil, nil, lay.Row(0, button.New(p.sh.T("ruleedit.go", nil), p.toFirst)), words,
		)
	}
	// as high with a button as without
	page.SetBody(p.frame.foot, container.NewStack(lay.Blank(0, look.RowHeight()), line))
}

// cursor puts the cursor in a field that was made a moment ago, and brings it into sight once it was drawn: the toolkit
// does not know where things are before.
func (p *editRulesPage) cursor(e *field.Entry) {
	if e == nil {
		return
	}
	p.sh.Focus(e)
	p.sh.After(drawnSoon, func() { lay.Reveal(e) })
}

// drawnSoon is in what time a new field is surely drawn.
const drawnSoon = 100 * time.Millisecond

// judged are the rules that are looked at for faults: what was added a moment ago is not wrong before something is
// written into it, or the rules are to be saved.
func (p *editRulesPage) judged() judging.Rules {
	if p.strict {
		return p.draft.Rules
	}
	return withoutBlank(p.draft.Rules)
}

// changed is called when anything was written.
func (p *editRulesPage) changed() {
	p.judge()
	if p.dirty() {
		draft.Keep(p.sh, draftOfRules, p.draft)
		return
	}
	draft.Drop(p.sh, draftOfRules)
}

// reshape draws the section again after lines came, went or moved.
func (p *editRulesPage) reshape() {
	// they are counted by line
	maps.DeleteFunc(p.draft.Bad, func(id, _ string) bool { return strings.HasPrefix(id, p.section+"/") })
	var at fyne.Position
	if p.scroll != nil {
		at = p.scroll.Offset
	}
	p.show()
	p.scroll.ScrollToOffset(at)
	p.changed()
}

func (p *editRulesPage) dirty() bool {
	return p.draft.Rules.Hash() != p.was.Hash() || len(p.draft.Bad) > 0
}

// toFirst shows the section of the first fault.
func (p *editRulesPage) toFirst() {
	if len(p.faults) == 0 {
		return
	}
	f := p.faults[0]
	p.section = f.section
	if i := slices.IndexFunc(p.draft.Rules.Rubrics, func(n judging.NamedRubric) bool {
		return f.where == n.Name || strings.HasPrefix(f.where, n.Name+" · ")
	}); i >= 0 && p.section == page.RuleRubrics {
		p.rubric = i
	}
	p.show()
	for _, n := range p.lines.notes {
		if n.Wrong() != "" {
			p.cursor(n.First())
			return
		}
	}
	for _, f := range p.lines.other {
		if f.Wrong() != "" {
			p.cursor(f.Entry())
			return
		}
	}
}

// onGiveUp forgets what was written, after asking if there is anything.
func (p *editRulesPage) onGiveUp() {
	leave := func() error {
		p.draft = ruleDraft{Rules: cloneRules(p.was)}
		draft.Drop(p.sh, draftOfRules)
		p.sh.Back()
		return nil
	}
	if !p.dirty() {
		p.sh.ShowError(leave())
		return
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("ruleedit.give_up", nil), Text: p.sh.T("ruleedit.give_up_ask", nil),
		Action: p.sh.T("ruleedit.give_up", nil), Danger: true, Do: leave,
	})
}

// onSave shows what the rules would change and then puts them in force.
func (p *editRulesPage) onSave() {
	p.strict = true
	p.judge()
	if len(p.faults) > 0 {
		p.toFirst()
		p.sh.Tell(kit.Notice{Tone: look.Problem, Text: p.faults[0].text})
		return
	}
	if !p.dirty() {
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("ruleedit.unchanged", nil)})
		return
	}
	kit.Fetch(
		p.sh, p.sh.T("app.rules_loading", nil), func(ctx context.Context, _ kit.Progress) (effect.RuleEffect, error) {
			return p.office.WeighRules(ctx, p.draft.Rules)
		},
		func(e effect.RuleEffect) {
			if e.Version != p.was.Version {
				p.sh.ShowError(judging.Fail(
					judging.Clash, "ruleedit.changed_elsewhere", judging.Args{"Version": e.Version},
				))
				return
			}
			acceptRules(p.sh, e, p.save)
		},
	)
}

func (p *editRulesPage) save() error {
	r, err := p.office.SaveRules(context.Background(), p.draft.Rules, true)
	if err != nil {
		return err
	}
	draft.Drop(p.sh, draftOfRules)
	p.was, p.draft = r, ruleDraft{Rules: cloneRules(r)}
	p.show()
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("app.rules_loaded", judging.Args{"Version": r.Version})})
	return nil
}
