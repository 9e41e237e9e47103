package contest

import (
	"errors"
	"os"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sample"
)

// RehearseCommands are the commands of the noun rehearse.
var RehearseCommands = []command.Declaration{rehearse}

// SampleCommands are the commands of the noun sample.
var SampleCommands = []command.Declaration{writeSample}

func rehearse(cmd *command.Command) command.Handler {
	cmd.Use("rehearse CONTEST", "rehearse 2020.fayi --out 演练.fayi --seed 2020")
	out := cmd.Must("out", "REHEARSAL", "flag.out_rehearsal")
	seed := cmd.Seed("flag.seed")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		cfg, err := c.Door.Blank(c.Ctx, *out, args[0])
		if err != nil {
			return command.Result{}, err
		}
		bar := c.Bar("cli.rehearsing")
		copied, err := o.Rehearse(c.Ctx, cfg, seed.Or(1), bar.Step)
		bar.Done()
		if err != nil {
			return command.Result{}, errors.Join(err, cfg.Blobs.Close(), cfg.DB.Close(), os.RemoveAll(*out))
		}
		defer copied.Close()
		return command.Answer(map[string]any{"path": *out, "seed": seed.Or(1)}, func(pr *command.Printer) {
			pr.Say("cli.rehearsed", judging.Args{"Path": *out})
		})
	})
}

func writeSample(cmd *command.Command) command.Handler {
	cmd.Use("sample DIR", "sample sample --seed 2020")
	seed := cmd.Seed("flag.seed")
	return func(c *command.Call, args []string) (command.Result, error) {
		s, err := sample.Write(args[0], seed.Or(1))
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(s, func(pr *command.Printer) {
			pr.Say("cli.sample_written", judging.Args{"Works": s.Works, "Path": args[0]})
		})
	}
}
