package main

import (
	"errors"
	"os"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sample"
	"fayi/judging/store/bolt"
)

// rehearseCommands are the commands of the noun rehearse.
var rehearseCommands = []declaration{rehearse}

// sampleCommands are the commands of the noun sample.
var sampleCommands = []declaration{writeSample}

func rehearse(cmd *command) handler {
	cmd.use("rehearse CONTEST", "rehearse 2020.fayi --out 演练.fayi --seed 2020")
	out := cmd.must("out", "REHEARSAL", "flag.out_rehearsal")
	seed := cmd.seed("flag.seed")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		db, blobs, err := bolt.Create(*out)
		if err != nil {
			return result{}, err
		}
		bar := c.bar("cli.rehearsing")
		copied, err := o.Rehearse(c.ctx, c.config(*out, office.Config{DB: db, Blobs: blobs}), seed.or(1), bar.step)
		bar.done()
		if err != nil {
			return result{}, errors.Join(err, blobs.Close(), db.Close(), os.RemoveAll(*out))
		}
		defer copied.Close()
		return answer(map[string]any{"path": *out, "seed": seed.or(1)}, func(pr *printer) {
			pr.say("cli.rehearsed", judging.Args{"Path": *out})
		})
	})
}

func writeSample(cmd *command) handler {
	cmd.use("sample DIR", "sample sample --seed 2020")
	seed := cmd.seed("flag.seed")
	return func(c *call, args []string) (result, error) {
		s, err := sample.Write(args[0], seed.or(1))
		if err != nil {
			return result{}, err
		}
		return answer(s, func(pr *printer) {
			pr.say("cli.sample_written", judging.Args{"Works": s.Works, "Path": args[0]})
		})
	}
}
