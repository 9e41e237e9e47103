package table

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/cmd/fayictl/internal/command"
)

// noun is the noun of this package, for running its commands.
var noun = []command.Noun{{Name: "table", Commands: TableCommands}}

func TestACancelledVerbEndsAndWritesNothing(t *testing.T) {
	var text strings.Builder
	text.WriteString("work,judge,score\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "%d,%d,%d\n", i/4, i%4+i/400, 60+i%37)
	}
	scores, out := write(t, "scores.csv", []byte(text.String())), filepath.Join(t.TempDir(), "out.csv")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{
		{"table", "rank", scores, "--method", "hier", "--out", out},
		{"table", "agree", scores},
		{"table", "design", "--works", "500", "--judges", "20", "--per-work", "3", "--out", out},
	} {
		var stdout, stderr bytes.Buffer
		code := command.Run(ctx, noun, args,
			command.World{Out: &stdout, Err: &stderr, Now: time.Now, Random: rand.Reader})
		if code != 1 || stdout.Len() > 0 || !strings.Contains(stderr.String(), "已取消") {
			t.Errorf("%v: exit %d, %q, %q", args[:2], code, stdout.String(), stderr.String())
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%v wrote its file", args[:2])
		}
	}
}
