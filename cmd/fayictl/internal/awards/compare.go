package awards

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/comparisons"
)

// CompareCommands are the commands of the noun compare, in the order of their work.
var CompareCommands = []command.Declaration{
	compareLines, compareOpen, compareList, compareShow, compareAsk, compareAnswer, compareTakeBack, compareSettle,
	compareUndo, compareDrop, compareExport,
}

func compareLines(cmd *command.Command) command.Handler {
	cmd.Use("compare lines CONTEST", "compare lines 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Comparisons().Lines(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			for _, l := range all {
				pr.Say("compare.line_"+l.Why, judging.Args{"List": l.List(), "Award": l.Award, "Places": l.Places,
					"Count": len(l.Works), "Codes": strings.Join(l.Codes, "、")})
				if l.Open != "" {
					pr.Say("compare.line_open", judging.Args{"ID": l.Open})
				}
			}
			if len(all) == 0 {
				pr.Say("compare.no_lines", nil)
			}
		})
	})
}

func compareOpen(cmd *command.Command) command.Handler {
	cmd.Use("compare open CONTEST",
		"compare open 2020.fayi --why tie --category 书法 --award 一等奖 --judge j001 --judge j002")
	var q comparisons.Request
	why := cmd.Must("why", "tie|doubt", "flag.compare_why")
	cmd.MustVar(&q.Category, "category", "C", "flag.category")
	cmd.StrVar(&q.Group, "group", "G", "flag.group")
	cmd.MustVar(&q.Award, "award", "AWARD", "flag.award")
	judges := cmd.Many("judge", "J", "flag.compare_judge")
	most := cmd.Num("most", "N", "flag.compare_most", 0)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		q.Why, q.Most = *why, *most
		for _, j := range *judges {
			q.Judges = append(q.Judges, judging.JudgeID(j))
		}
		s, err := o.Comparisons().Open(c.Ctx, q)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(s, func(pr *command.Printer) {
			pr.Say("compare.opened", judging.Args{"ID": s.ID, "Count": len(s.Order), "Judges": len(s.Panel)})
			printCompared(pr, s)
		})
	})
}

func compareList(cmd *command.Command) command.Handler {
	cmd.Use("compare list CONTEST", "compare list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Comparisons().List(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			for _, s := range all {
				pr.Say("compare.listed", judging.Args{"ID": s.ID, "List": listOf(s), "Award": s.Award,
					"State": string(s.State), "Answers": s.Answers})
			}
		})
	})
}

// listOf is the name of the list that a comparison is about.
func listOf(s comparisons.Status) string { return strings.TrimSpace(s.Category + " " + s.Group) }

func compareShow(cmd *command.Command) command.Handler {
	cmd.Use("compare show CONTEST COMPARISON", "compare show 2020.fayi k001")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		s, err := o.Comparisons().Show(c.Ctx, args[1])
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(s, func(pr *command.Printer) { printCompared(pr, s) })
	})
}

// printCompared tells the order so far, what each judge said, and whether it is enough.
func printCompared(pr *command.Printer, s comparisons.Status) {
	pr.Say("compare.listed", judging.Args{"ID": s.ID, "List": listOf(s), "Award": s.Award, "State": string(s.State),
		"Answers": s.Answers})
	rows := [][]string{append(pr.Head("place", "code", "title"),
		pr.Titles("table.col_", "rank_range", "wins", "answers")...)}
	for _, w := range s.Order {
		place, interval := "—", ""
		if w.N > 0 {
			place, interval = strconv.Itoa(w.Place), fmt.Sprintf("%d–%d", w.PlaceLo, w.PlaceHi)
		}
		rows = append(rows, []string{place, string(w.Code), w.Title, interval,
			strconv.FormatFloat(w.Wins, 'f', -1, 64), strconv.Itoa(w.N)})
	}
	pr.Table(rows)
	for _, j := range s.Panel {
		pr.Say("compare.judge", judging.Args{"Name": j.Name, "N": j.N, "More": j.More, "Kept": j.Kept})
	}
	for _, r := range s.Remarks() {
		pr.Say(r.Text, r.Args)
	}
}

func compareAsk(cmd *command.Command) command.Handler {
	cmd.Use("compare ask CONTEST", "compare ask 2020.fayi --judge j001")
	judge := cmd.Must("judge", "J", "flag.judge")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		p, err := o.Comparisons().Desk(judging.JudgeID(*judge)).Ask(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(p, func(pr *command.Printer) {
			if !p.Asks() {
				pr.Say("compare.nothing", judging.Args{"Said": p.Said})
				return
			}
			pr.Say("compare.ask", judging.Args{"ID": p.Comparison, "Left": p.Left.Code, "Right": p.Right.Code})
		})
	})
}

func compareAnswer(cmd *command.Command) command.Handler {
	cmd.Use("compare answer CONTEST COMPARISON",
		"compare answer 2020.fayi k001 --judge j001 --left SF-0012 --right SF-0034 --better left")
	judge := cmd.Must("judge", "J", "flag.judge")
	left := cmd.Must("left", "CODE", "flag.compare_left")
	right := cmd.Must("right", "CODE", "flag.compare_right")
	better := cmd.Must("better", "left|right|equal", "flag.compare_better")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		l, r := judging.WorkCode(*left), judging.WorkCode(*right)
		said := map[string]judging.WorkCode{"left": l, "right": r}[*better]
		desk := o.Comparisons().Desk(judging.JudgeID(*judge)).Typed()
		if err := desk.Answer(c.Ctx, args[1], l, r, said); err != nil {
			return command.Result{}, err
		}
		p, err := desk.Ask(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(p, func(pr *command.Printer) {
			pr.Say("compare.answered", judging.Args{"ID": p.Last})
		})
	})
}

func compareTakeBack(cmd *command.Command) command.Handler {
	cmd.Use("compare take-back CONTEST ANSWER", "compare take-back 2020.fayi k001/00003 --reason 按错了键")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		if err := o.Comparisons().TakeBack(c.Ctx, args[1], *reason); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"taken_back": args[1]}, func(pr *command.Printer) {
			pr.Say("compare.taken_back", judging.Args{"ID": args[1]})
		})
	})
}

func compareSettle(cmd *command.Command) command.Handler {
	cmd.Use("compare settle CONTEST COMPARISON", "compare settle 2020.fayi k001 --reason 评委会按两两比较定先后")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	dry := cmd.Yes("dry-run", "flag.compare_dry")
	open := cmd.Yes("unsure", "flag.compare_unsure")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		var done comparisons.Settlement
		var err error
		if *dry {
			done, err = o.Comparisons().Preview(c.Ctx, args[1])
		} else {
			done, err = o.Comparisons().Settle(c.Ctx, args[1], *reason, *open)
		}
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(done, func(pr *command.Printer) { printSettlement(pr, done, *dry) })
	})
}

func printSettlement(pr *command.Printer, s comparisons.Settlement, dry bool) {
	key := "compare.settled"
	if dry {
		key = "compare.would_settle"
	}
	pr.Say(key, judging.Args{"Award": s.Award, "Codes": s.Codes(), "Answers": s.Answers, "Judges": s.Judges})
	for _, a := range s.Changes {
		pr.Say("board.award_shift", judging.Args{"Work": a.Code, "Title": a.Title, "From": pr.OrNone(a.From),
			"To": pr.OrNone(a.To)})
	}
	if !s.Sure {
		pr.Say("compare.unsure", nil)
	}
	if !dry {
		pr.Say("board.ruled", judging.Args{"Ruling": strings.Join(s.Rulings, "、")})
	}
}

func compareUndo(cmd *command.Command) command.Handler {
	cmd.Use("compare undo CONTEST COMPARISON", "compare undo 2020.fayi k001 --reason 有评委要重新比较")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		n, err := o.Comparisons().Undo(c.Ctx, args[1], *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"recalled": n}, func(pr *command.Printer) {
			pr.Say("compare.undone", judging.Args{"Count": n})
		})
	})
}

func compareDrop(cmd *command.Command) command.Handler {
	cmd.Use("compare drop CONTEST COMPARISON", "compare drop 2020.fayi k001 --reason 评委会改为合议")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		if err := o.Comparisons().Drop(c.Ctx, args[1], *reason); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"dropped": args[1]}, func(pr *command.Printer) {
			pr.Say("compare.dropped", judging.Args{"ID": args[1]})
		})
	})
}

func compareExport(cmd *command.Command) command.Handler {
	cmd.Use("compare export CONTEST COMPARISON", "compare export 2020.fayi k001 --out answers.csv")
	out := cmd.Must("out", "FILE.csv", "flag.out")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		n, err := o.Comparisons().Export(c.Ctx, args[1], *out)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"answers": n, "path": *out}, func(pr *command.Printer) {
			pr.Say("cli.written", judging.Args{"Path": *out})
		})
	})
}
