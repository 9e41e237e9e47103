package scoring

import (
	"context"
	"fmt"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/live"
)

// StageCommands are the commands of the noun stage: performances in front of the judges.
var StageCommands = []command.Declaration{
	stageOrder, stageMove, stageCall, stageBack, stageTime, stageClose, stageReopen, stageRelease, stageBreak,
	stageBoard,
}

// stageOrder draws the running order, or lists the one that was drawn.
func stageOrder(cmd *command.Command) command.Handler {
	cmd.Use("stage order CONTEST", "stage order 2020.fayi --draw --category 歌曲 --category 曲艺 --seed 2020")
	draw := cmd.Yes("draw", "flag.stage_draw")
	categories := cmd.Many("category", "CATEGORY", "flag.stage_category")
	again := cmd.Yes("again", "flag.stage_again")
	seed := cmd.Seed("flag.seed")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if !*draw {
			return orderOf(o.Live().Order(c.Ctx))
		}
		if len(*categories) == 0 {
			return command.Result{}, cmd.Misused("cli.missing_flags", judging.Args{"Flags": "--category"})
		}
		return orderOf(o.Live().Draw(c.Ctx, live.DrawRequest{
			Categories: *categories, Seed: seed.Given(), Again: *again,
		}))
	})
}

func stageMove(cmd *command.Command) command.Handler {
	cmd.Use("stage move CONTEST", "stage move 2020.fayi --work w000012 --to 3")
	work := cmd.Must("work", "W", "flag.work")
	var to int
	cmd.NumVar(&to, "to", "N", "flag.stage_to")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		return orderOf(o.Live().Move(c.Ctx, *work, to))
	})
}

func orderOf(turns []live.Turn, err error) (command.Result, error) {
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(command.OrEmpty(turns), func(pr *command.Printer) {
		rows := [][]string{pr.Head("number", "code", "title", "unit", "category", "state", "done")}
		for _, t := range turns {
			rows = append(rows, []string{
				fmt.Sprint(t.Number), string(t.Code), t.Title, t.Unit, t.Category,
				pr.Text.T("stage.state_"+string(t.State), nil), fmt.Sprintf("%d/%d", t.Scored, t.Seats),
			})
		}
		pr.Table(rows)
		sayBehind(pr, turns)
	})
}

// sayBehind names the works of which the screen shows what is no longer so.
func sayBehind(pr *command.Printer, turns []live.Turn) {
	for _, t := range turns {
		if t.Behind {
			pr.Warn("stage.behind", judging.Args{"Number": t.Number, "Work": t.Code})
		}
	}
}

func stageCall(cmd *command.Command) command.Handler {
	cmd.Use("stage call CONTEST", "stage call 2020.fayi")
	work := cmd.Str("work", "W", "flag.stage_next")
	return turned(func(ctx context.Context, s live.Stage) (live.Turn, error) { return s.Call(ctx, *work) })
}

func stageBack(cmd *command.Command) command.Handler {
	cmd.Use("stage back CONTEST", "stage back 2020.fayi")
	return turned(func(ctx context.Context, s live.Stage) (live.Turn, error) { return s.Back(ctx) })
}

// stageTime starts the clock of a performance, or stops it.
func stageTime(cmd *command.Command) command.Handler {
	cmd.Use("stage time CONTEST", "stage time 2020.fayi --start")
	start := cmd.Yes("start", "flag.stage_start")
	stop := cmd.Yes("stop", "flag.stage_stop")
	cmd.Limit(command.AtMostOne, "start", "stop")
	return turned(func(ctx context.Context, s live.Stage) (live.Turn, error) {
		switch {
		case *start:
			return s.Start(ctx)
		case *stop:
			return s.Stop(ctx)
		}
		return live.Turn{}, cmd.Misused("cli.need_one_of", judging.Args{"Flags": "--start, --stop"})
	})
}

func stageClose(cmd *command.Command) command.Handler {
	cmd.Use("stage close CONTEST", "stage close 2020.fayi")
	work := cmd.Str("work", "W", "flag.stage_on")
	early := cmd.Yes("early", "flag.stage_early")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		return turnOf(o.Live().Close(c.Ctx, live.CloseRequest{
			Work: *work, Early: *early, Reason: c.Text.T("stage.overtime", nil),
		}))
	})
}

func stageReopen(cmd *command.Command) command.Handler {
	cmd.Use("stage reopen CONTEST", "stage reopen 2020.fayi --work w000012")
	work := cmd.Must("work", "W", "flag.work")
	return turned(func(ctx context.Context, s live.Stage) (live.Turn, error) { return s.Reopen(ctx, *work) })
}

func stageRelease(cmd *command.Command) command.Handler {
	cmd.Use("stage release CONTEST", "stage release 2020.fayi")
	work := cmd.Str("work", "W", "flag.stage_shut")
	return turned(func(ctx context.Context, s live.Stage) (live.Turn, error) { return s.Release(ctx, *work) })
}

// turned runs an act on one turn and says how it stands then.
func turned(act func(context.Context, live.Stage) (live.Turn, error)) command.Handler {
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		return turnOf(act(c.Ctx, o.Live()))
	})
}

func turnOf(t live.Turn, err error) (command.Result, error) {
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(t, func(pr *command.Printer) { SayTurn(pr, t) })
}

// SayTurn says how a turn stands.
func SayTurn(pr *command.Printer, t live.Turn) {
	pr.Say("stage.cli_turn", judging.Args{
		"Number": t.Number, "Work": t.Code, "Title": t.Title,
		"State":  pr.Text.T("stage.state_"+string(t.State), nil),
		"Scored": t.Scored, "Seats": t.Seats, "Seconds": int(t.Seconds),
	})
	if t.Offset != "" {
		pr.Say("stage.cli_overtime", nil)
	}
}

// stageBreak shows words in the place of the board; without them the board is back.
func stageBreak(cmd *command.Command) command.Handler {
	cmd.Use("stage break CONTEST", "stage break 2020.fayi --text 休息十分钟")
	text := cmd.Str("text", "TEXT", "flag.stage_text")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		return c.Answered(o.Live().Break(c.Ctx, *text), "stage.cli_break", judging.Args{"Text": *text})
	})
}

func stageBoard(cmd *command.Command) command.Handler {
	cmd.Use("stage board CONTEST", "stage board 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		b, err := o.Live().Board(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		turns, err := o.Live().Order(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(b, func(pr *command.Printer) {
			rows := [][]string{pr.Head("place", "number", "code", "title", "category", "scores", "points", "official")}
			for _, t := range b.Standing {
				rows = append(rows, []string{
					fmt.Sprint(t.Place), fmt.Sprint(t.Number), string(t.Code), t.Title, t.List, t.Shown.Words(),
					judging.Exact(t.Shown.Offset).Signed(), judging.Exact(t.Shown.Official).String(),
				})
			}
			pr.Table(rows)
			pr.Say("stage.cli_board", judging.Args{"Done": b.Done, "Total": b.Total})
			sayBehind(pr, turns)
		})
	})
}
