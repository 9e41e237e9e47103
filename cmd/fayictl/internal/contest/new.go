package contest

import (
	"errors"
	"os"
	"strconv"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office"
	"fayi/judging/prepare"
)

// newContest is what was said of a contest to be made.
type newContest struct {
	office.Beginning

	dir         string
	rules, like string // a rule file; an earlier contest
}

func contestNew(cmd *command.Command) command.Handler {
	cmd.Use("contest new CONTEST", "contest new 2027.fayi --name 2027年征文活动 --host 示例县司法局 --template essay")
	name := cmd.Given("name", "NAME", "flag.contest_name")
	host := cmd.Str("host", "OFFICE", "flag.host")
	year := cmd.Str("year", "YEAR", "flag.year")
	template := cmd.Str("template", "KEY", "flag.template_kind")
	like := cmd.Str("like", "CONTEST", "flag.like")
	rules := cmd.Str("rules", "FILE.toml", "flag.rules")
	cmd.Limit(command.AtMostOne, "template", "like", "rules")
	return func(c *command.Call, args []string) (command.Result, error) {
		n := newContest{office.Beginning{Name: *name, Host: *host, Template: *template}, args[0], *rules, *like}
		if *year != "" {
			var err error
			if n.Year, err = strconv.Atoi(*year); err != nil || n.Year == 0 {
				return command.Result{}, judging.Fail(judging.Invalid, "contest.year", judging.Args{"Year": *year})
			}
		}
		if n.like == "" {
			o, err := n.make(c)
			return n.made(c, o, nil, err)
		}
		return c.With(n.like, func(from *office.Office) (command.Result, error) {
			o, taken, err := n.makeLike(c, from)
			return n.made(c, o, &taken, err)
		})
	}
}

// make makes a contest of a template or a rule file.
func (n newContest) make(c *command.Call) (*office.Office, error) {
	rules, err := readRules(n.rules)
	if n.rules == "" {
		var t prepare.Template
		if t, err = prepare.Find(n.Template); err == nil {
			n.Template, rules = t.Key, t.Rules
		}
	}
	if err != nil {
		return nil, err
	}
	cfg, err := c.Door.Blank(c.Ctx, n.dir, "")
	if err != nil {
		return nil, err
	}
	o, err := office.Begin(c.Ctx, cfg, n.Beginning, rules)
	return o, n.orGone(cfg, err)
}

// makeLike makes a contest like an earlier one, sealed as that one is.
func (n newContest) makeLike(c *command.Call, from *office.Office) (*office.Office, office.Taken, error) {
	cfg, err := c.Door.Blank(c.Ctx, n.dir, n.like)
	if err != nil {
		return nil, office.Taken{}, err
	}
	o, taken, err := office.BeginLike(c.Ctx, cfg, n.Beginning, from)
	return o, taken, n.orGone(cfg, err)
}

// orGone takes the folder away when no contest came of it.
func (n newContest) orGone(cfg office.Config, err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(err, cfg.Blobs.Close(), cfg.DB.Close(), os.RemoveAll(n.dir))
}

// newJSON is a contest that was made.
type newJSON struct {
	ID       judging.ContestID `json:"id"`
	Name     string            `json:"name"`
	Path     string            `json:"path"`
	Template string            `json:"template,omitempty"`
	Year     int               `json:"year,omitempty"`
	Taken    *office.Taken     `json:"taken,omitempty"` // from the contest that it is like
}

func (n newContest) made(
	c *command.Call, o *office.Office, taken *office.Taken, err error,
) (command.Result, error) {
	if err != nil {
		return command.Result{}, err
	}
	defer o.Close()
	contest, err := o.Contest(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	doc := newJSON{contest.ID, contest.Name, n.dir, contest.Template, contest.Year, taken}
	return command.Answer(doc, func(pr *command.Printer) {
		pr.Say("cli.contest_made", judging.Args{"Name": contest.Name, "Path": n.dir})
		if taken != nil {
			pr.Say("contest.taken", takenArgs(*taken))
		}
	})
}

func takenArgs(t office.Taken) judging.Args {
	return judging.Args{"Judges": t.Judges, "Avoided": t.Avoided, "Units": t.Units, "Names": t.Names}
}

// templateJSON is a kind of contest that there is a template for.
type templateJSON struct {
	Key        string          `json:"key"`
	Name       string          `json:"name"`
	Categories []string        `json:"categories"`
	Groups     []string        `json:"groups"`
	Awards     []string        `json:"awards"`
	PerWork    int             `json:"scores_per_work"`
	Days       []prepare.Dated `json:"days"`
	Needs      []string        `json:"needs"`
}

func contestPrepare(cmd *command.Command) command.Handler {
	cmd.Use("contest prepare", "contest prepare --template stage --start 2027-03-01 --out 准备清单.docx")
	key := cmd.Str("template", "KEY", "flag.template_kind")
	start := cmd.Str("start", "DAY", "flag.call_day")
	out := cmd.Str("out", "FILE.docx", "flag.out")
	return func(c *command.Call, _ []string) (command.Result, error) {
		at := c.Now()
		if *start != "" {
			day, err := day.Parse(*start, at)
			if err != nil {
				return command.Result{}, err
			}
			if at, err = time.Parse(time.DateOnly, day); err != nil {
				return command.Result{}, err
			}
		}
		if *out != "" {
			return writeChecklist(c, *key, at, *out)
		}
		return listTemplates(c, *key, at)
	}
}

// writeChecklist writes what to have ready for a kind of contest.
func writeChecklist(c *command.Call, key string, start time.Time, path string) (command.Result, error) {
	t, err := prepare.Find(key)
	if err != nil {
		return command.Result{}, err
	}
	list := prepare.Checklist{Template: t, Start: start}
	if err := list.Write(path, c.Text.T, func(day string) string { return day }); err != nil {
		return command.Result{}, err
	}
	return command.Answer(map[string]any{"path": path}, func(pr *command.Printer) {
		pr.Say("prepare.written", judging.Args{"Path": path})
	})
}

// listTemplates lists the kinds of contests, or the one of key, with days counted from start.
func listTemplates(c *command.Call, key string, start time.Time) (command.Result, error) {
	all, err := prepare.Templates()
	if key != "" && err == nil {
		var one prepare.Template
		one, err = prepare.Find(key)
		all = []prepare.Template{one}
	}
	if err != nil {
		return command.Result{}, err
	}
	list := []templateJSON{}
	for _, t := range all {
		j := templateJSON{
			Key: t.Key, Name: c.Text.T("template.kind_"+t.Key, nil), PerWork: t.Rules.PerWork, Days: t.Schedule(start),
			Categories: []string{}, Groups: []string{}, Awards: []string{}, Needs: t.Needs,
		}
		for _, x := range t.Rules.Categories {
			j.Categories = append(j.Categories, x.Name)
		}
		for _, x := range t.Rules.Groups {
			j.Groups = append(j.Groups, x.Name)
		}
		for _, x := range t.Rules.Awards {
			j.Awards = append(j.Awards, x.Name)
		}
		list = append(list, j)
	}
	return command.Answer(list, func(pr *command.Printer) { printTemplates(pr, list, key != "") })
}

func printTemplates(pr *command.Printer, list []templateJSON, whole bool) {
	for _, t := range list {
		pr.Say("prepare.line_template", judging.Args{"Key": t.Key, "Name": t.Name})
		for _, d := range t.Days {
			if whole {
				pr.Say("prepare.line_day", judging.Args{"Day": d.Day, "Step": pr.Text.T("template.step_"+d.Name, nil)})
			}
		}
		for _, n := range t.Needs {
			if whole {
				pr.Say("prepare.line_need", judging.Args{"Need": pr.Text.T("template.need_"+n, nil)})
			}
		}
	}
}
