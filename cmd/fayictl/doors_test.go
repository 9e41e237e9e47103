//go:build unix

package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/store/seal"
)

// design begins a design.
const design = "--works 4 --judges 4 --per-work 2 --out a.csv "

// hallAt begins a hall.
const hallAt = ". --address https://hall.example.cn --addr 127.0.0.1:0 --inside 127.0.0.1:0 --for 50ms"

// doors are command lines with a path where a file or folder is named, each by its command and the name of what takes
// the path. C is a contest with a work; X is the path.
var doors = map[string]string{
	"collect page --out":                   "C --out X",
	"collect aside SOURCE":                 "C X",
	"collect mail --ca":                    "C --host localhost --user a --out . --port 9 --ca X",
	"collect mail --out":                   "C --host localhost --user a --port 9 --out X",
	"collect watch DIR":                    "C X",
	"collect kit --out":                    "C --out X",
	"collect kit --texts":                  "C --out kit --texts X",
	"collect kit --write-texts":            "C --write-texts X",
	"collect links --slips":                "C --at http://192.0.2.1:8792 --unit 某镇 --slips X",
	"collect map --out":                    "C --out X",
	"collect missing --out":                "C --out X",
	"collect poster --out":                 "C --at http://192.0.2.1:8792 --out X",
	"collect missing --texts":              "C --reminders --texts X",
	"collect receipts --out":               "C --out X",
	"collect receipts --texts":             "C --texts X",
	"collect serve --cert":                 "C --addr 127.0.0.1:0 --for 50ms --cert X --key X",
	"collect serve --key":                  "C --addr 127.0.0.1:0 --for 50ms --cert X --key X",
	"collect take SOURCE":                  "C X",
	"compare export --out":                 "C k001 --out X",
	"contest archive --out":                "C --out X",
	"contest backups --look":               "C --look X",
	"contest check --against":              "C --against X",
	"contest heal --from":                  "C --from X",
	"contest join --out":                   "lan://127.0.0.1:9#" + strings.Repeat("a", 52) + " --out X",
	"contest mirror --to":                  "C --to X",
	"contest new CONTEST":                  "X --name 又一个",
	"contest new --like":                   "new.fayi --name 又一个 --like X",
	"contest new --rules":                  "new.fayi --name 又一个 --rules X",
	"contest password --slip":              "C --slip X",
	"contest prepare --out":                "--template stage --start 2027-03-01 --out X",
	"contest restore --from":               "C --from X",
	"contest rules --load":                 "C --load X",
	"contest rules --out":                  "C --out X",
	"contest rules --preview":              "C --preview X",
	"contest unarchive --out":              "some.fayiarchive --out X",
	"contest unarchive ARCHIVE":            "X --out new.fayi",
	"hall serve --cert":                    hallAt + " --cert X --key X",
	"hall serve --key":                     hallAt + " --cert X --key X",
	"hall serve --passwords":               hallAt + " --proxy 127.0.0.1 --passwords X",
	"hall serve DIR":                       "X " + strings.TrimPrefix(hallAt, ". ") + " --proxy 127.0.0.1",
	"judges import --map":                  "C judges.csv --map X",
	"judges import FILE":                   "C X",
	"packet collect FILE":                  "C X",
	"packet seal --out":                    "C --out X",
	"packet slip --out":                    "C --out X",
	"problems export --out":                "C --out X",
	"problems return FILE":                 "C X",
	"rehearse --out":                       "C --out X",
	"report answers FILE":                  "C X --to city",
	"report album --left":                  "C --out a.pdf --left X",
	"report album --out":                   "C --out X",
	"report awards --out":                  "C --out X",
	"report awards --template":             "C --out a.xlsx --form city --template X",
	"report batch --out":                   "C --to city --out X",
	"report certificates --list":           "C --out a.pdf --list X",
	"report certificates --out":            "C --out X",
	"report certificates --preview":        "C --preview X",
	"report certificates --template":       "C --check --template X",
	"report certificates --write-template": "C --write-template X",
	"report check BATCH":                   "X",
	"report exhibition --left":             "C --out new --left X",
	"report exhibition --out":              "C --out X",
	"report letters --out":                 "C --out X",
	"report matrix --out":                  "C --out X",
	"report notice --out":                  "C --out X",
	"report participation --out":           "C --out X",
	"report returns --out":                 "C --out X",
	"report rules --out":                   "C --out X",
	"report statistics --out":              "C --out X",
	"report superior --template":           "C --to city --template X",
	"room invite --slips":                  "C --at https://hall.example.cn/c/abc --slips X",
	"room root --out":                      "C --out X",
	"room serve --cert":                    "C --addr 127.0.0.1:0 --for 1s --cert X --key X",
	"room serve --key":                     "C --addr 127.0.0.1:0 --for 1s --cert X --key X",
	"room serve --slips":                   "C --addr 127.0.0.1:0 --for 1s --slips X",
	"sample DIR":                           "X",
	"scores audience FILE":                 "C X --source 公众号 --period 一周",
	"scores collect FILE":                  "C X",
	"scores comments --out":                "C --out X",
	"scores sheets --out":                  "C --out X",
	"scores signoff --out":                 "C --judge j001 --out X",
	"judges pledge-form --out":             "C --out X",
	"scores verify --file":                 "C --judge j001 --file X",
	"table agree SCORES":                   "X",
	"table design --conflicts":             "--works 4 --judges 4 --per-work 2 --out a.csv --conflicts X",
	"table design --eligible":              "--works 4 --judges 4 --per-work 2 --out a.csv --eligible X",
	"table design --judges-categories":     design + "--judges-categories X --works-categories X",
	"table design --out":                   "--works 4 --judges 4 --per-work 2 --out X",
	"table design --works-categories":      design + "--works-categories X --judges-categories X",
	"table hints SCORES":                   "X",
	"table pairs --out":                    "answers.csv --out X",
	"table pairs FILE":                     "X",
	"table rank --judges-out":              "scores.csv --judges-out X",
	"table rank --out":                     "scores.csv --out X",
	"table rank SCORES":                    "X",
	"units import --map":                   "C units.csv --map X",
	"units import FILE":                    "C X",
	"version --key":                        "--verify scores.csv --key X",
	"version --verify":                     "--verify X",
	"works blind --copies":                 "C --copies X",
	"works blind --out":                    "C --out X",
	"works duplicates --out":               "C --pair a --side 1 --out X",
	"works export --out":                   "C --out X",
	"works import --map":                   "C works.csv --map X",
	"works import --media":                 "C works.csv --media X",
	"works import SOURCE":                  "C X",
	"works page --out":                     "C --work w000001 --out X",
	"works reconcile --out":                "C --file 1 --out X",
	"works reference add SOURCE":           "C X",
	"works show --out":                     "C --work w000001 --file 1 --out X",
	"works thumbs --out":                   "C --work w000001 --out X",
}

// pathlike are the words by which help names what is a file or a folder.
var pathlike = regexp.MustCompile(`^(FILE\b.*|MARK\|FILE|DIR|SOURCE|ARCHIVE|SCORES|REHEARSAL|.*\.db|.*\|DIR)$`)

var slot = regexp.MustCompile(`(--[a-z-]+) ([A-Z][^\s\]]*)|([A-Z][A-Z]+)`)

// usesOfPaths lists what takes a path, in all commands.
func usesOfPaths(t *testing.T) (out []string, onContest []string) {
	t.Helper()
	_, all := fullTree(t, "en").Described()
	for _, c := range all {
		_, usage, _ := strings.Cut(c.Usage, c.Command)
		for _, m := range slot.FindAllStringSubmatch(usage, -1) {
			flag, value, arg := m[1], m[2], m[3]
			switch {
			case arg == "CONTEST" && c.Command != "contest new":
				onContest = append(onContest, c.Command)
			case flag != "" && (pathlike.MatchString(value) || value == "CONTEST"):
				out = append(out, c.Command+" "+flag)
			case arg != "" && (pathlike.MatchString(arg) || arg == "CONTEST" || arg == "BATCH"):
				out = append(out, c.Command+" "+arg)
			}
		}
	}
	return out, slices.Compact(onContest)
}

// run runs one command line within this program; it must end within five seconds.
func runs(t *testing.T, args []string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- command.Run(t.Context(), nouns, args, command.World{
			Out: &out, Err: &out, In: strings.NewReader(""), Lang: "zh_CN.UTF-8", Now: time.Now, Random: rand.Reader,
			Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1},
		})
	}()
	select {
	case code = <-ended:
		return code, out.String()
	case <-time.After(5 * time.Second):
		return -1, "it still waits"
	}
}

// traps are paths that lead to no file, made in the folder at.
func traps(t *testing.T, at string) map[string]string {
	t.Helper()
	path := func(name string) string { return filepath.Join(at, name) }
	for _, err := range []error{
		syscall.Mkfifo(path("pipe"), 0o600),
		os.Symlink(path("pipe"), path("to-pipe")),
		os.Symlink("/dev/zero", path("to-device")),
		os.Symlink(path("nowhere"), path("dangling")),
		os.Symlink(path("loop"), path("loop")),
		os.MkdirAll(path("folder/within"), 0o700),
		os.WriteFile(path("folder/within/a.txt"), []byte("a"), 0o600),
		syscall.Mkfifo(path("folder/pipe.csv"), 0o600),
		syscall.Mkfifo(path("folder/contest.db"), 0o600),
		os.Symlink("/dev/zero", path("folder/zero.xlsx")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	all := map[string]string{}
	for _, name := range []string{"pipe", "to-pipe", "to-device", "dangling", "loop", "folder"} {
		all[name] = path(name)
	}
	return all
}

func TestNoDoorWaitsForAPipe(t *testing.T) {
	uses, onContest := usesOfPaths(t)
	for _, u := range uses {
		if doors[u] == "" {
			t.Errorf("%s takes a path and is not tried", u)
		}
	}
	for d := range doors {
		if !slices.Contains(uses, d) {
			t.Errorf("%s takes no path", d)
		}
	}
	dir := t.TempDir()
	t.Chdir(dir)
	files := map[string]string{
		"works.csv":   "作品名称,类别,组别,作者,单位,联系电话\n普法,书法,小学组,甲某,示例小学,13800000001\n",
		"judges.csv":  "姓名,单位\n甲老师,示例大学\n",
		"units.csv":   "单位,联系人\n示例小学,乙某\n",
		"answers.csv": "judge,left,right,better\na,x,y,left\nb,y,x,equal\n",
		"scores.csv":  "作品,评委,分数\na,b,1\na,c,2\n",
	}
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range []string{
		"contest new c.fayi --name 示例", "works import c.fayi works.csv", "judges import c.fayi judges.csv",
		"contest archive c.fayi --out some.fayiarchive",
	} {
		if code, said := runs(t, strings.Fields(line)); code != 0 {
			t.Fatal(line, code, said)
		}
	}
	for _, c := range onContest {
		doors[c+" CONTEST"] = strings.TrimSpace("X " + rest(t, c))
	}
	n := 0
	for door, line := range doors {
		for kind, path := range traps(t, t.TempDir()) {
			if kind == "folder" && door == "sample DIR" ||
				strings.HasSuffix(door, " CONTEST") && kind != "pipe" && kind != "loop" && kind != "folder" {
				continue
			}
			args := strings.Fields(door[:strings.LastIndex(door, " ")])
			for _, w := range strings.Fields(line) {
				args = append(args, strings.NewReplacer("C", "c.fayi", "X", path).Replace(w))
			}
			code, said := runs(t, args)
			taken := code == 0 && mustRefuse(door, kind) && !strings.Contains(said, "不是普通文件")
			if code == -1 || code == 2 || taken {
				t.Errorf("%s at a %s: exit %d, %s", door, kind, code, said)
			}
			n++
		}
		for _, made := range []string{"a.xlsx", "a.csv", "new.fayi", "new.fayi.unarchive"} {
			os.RemoveAll(made)
		}
	}
	t.Logf("%d doors, %d tries", len(doors), n)
}

// rest is what a command needs behind its contest.
func rest(t *testing.T, name string) string {
	t.Helper()
	_, all := fullTree(t, "en").Described()
	for _, c := range all {
		if c.Command == name {
			_, words, _ := strings.Cut(c.Example, name)
			return strings.Join(strings.Fields(words)[1:], " ")
		}
	}
	return fmt.Sprint("no command ", name)
}

// mustRefuse reports whether a door must refuse what is no file; what is written to may be a device, or lie in a
// folder.
func mustRefuse(door, kind string) bool {
	into := regexp.MustCompile(
		`--(out|copies|to|slips?|judges-out|write-template|write-texts)$|certificates --preview$|^sample`,
	)
	return kind != "folder" && !into.MatchString(door)
}
