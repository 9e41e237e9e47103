package room

import (
	"bufio"
	"context"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/cmd/fayictl/internal/scoring"
	"fayi/judging"
	"fayi/judging/office/live"
)

// driver runs the stage by lines that a person types while the room is open: no other program can, since this one holds
// the contest.
type driver struct {
	c     *command.Call
	stage live.Stage
}

// listen hands out the lines that are typed until ctx ends.
func (d driver) listen(ctx context.Context) <-chan string {
	lines := make(chan string)
	if d.c.Typed == nil {
		return lines
	}
	go func() {
		for s := bufio.NewScanner(d.c.Typed); s.Scan(); {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// obey does what a line says, and says how the stage stands then.
func (d driver) obey(ctx context.Context, line string) {
	if err := d.do(ctx, line); err != nil {
		d.c.Aloud().Mistake(err)
	}
	if verb, err := d.next(ctx); err == nil {
		d.c.Warn("cli.room_next_"+verb, nil)
	}
}

func (d driver) do(ctx context.Context, line string) error {
	verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	if verb == "" {
		var err error
		if verb, err = d.next(ctx); err != nil {
			return err
		}
	}
	if verb == "break" {
		err := d.stage.Break(ctx, rest)
		if err == nil {
			d.c.Warn("stage.cli_break", judging.Args{"Text": rest})
		}
		return err
	}
	t, err := d.turn(ctx, verb, rest)
	if err == nil && t.Number > 0 {
		scoring.SayTurn(d.c.Aloud(), t)
	}
	return err
}

// turn does one act; a word that stands for no act is named.
func (d driver) turn(ctx context.Context, verb, work string) (live.Turn, error) {
	switch verb {
	case "call":
		return d.stage.Call(ctx, work)
	case "back":
		return d.stage.Back(ctx)
	case "start":
		return d.stage.Start(ctx)
	case "stop":
		return d.stage.Stop(ctx)
	case "close", "early":
		return d.stage.Close(ctx, live.CloseRequest{
			Work: work, Early: verb == "early", Reason: d.c.Text.T("stage.overtime", nil),
		})
	case "release":
		return d.stage.Release(ctx, work)
	case "reopen":
		return d.stage.Reopen(ctx, work)
	}
	d.c.Warn("cli.room_stage_unknown", judging.Args{"Word": verb})
	d.c.Warn("cli.room_stage", nil)
	return live.Turn{}, nil
}

// next is the act that comes next.
func (d driver) next(ctx context.Context) (string, error) {
	b, err := d.stage.Board(ctx)
	return string(b.Step()), err
}
