package main

import (
	"archive/zip"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/packet"
)

// task returns the judge and work of the n-th assignment of judge, of any when judge is empty.
func (j *journey) task(judge string, n int) (string, string, string) {
	j.t.Helper()
	all, _ := j.run(0, "assign list c.fayi").([]any)
	for _, one := range all {
		who := find(j.t, one, "judge")
		if judge != "" && who != judge {
			continue
		}
		if n == 0 {
			return who, find(j.t, one, "work"), find(j.t, one, "code")
		}
		n--
	}
	j.t.Fatalf("%s has too few works", judge)
	return "", "", ""
}

// nameOf returns the name of a judge.
func (j *journey) nameOf(judge string) string {
	j.t.Helper()
	all, _ := j.run(0, "judges list c.fayi").([]any)
	for _, one := range all {
		if find(j.t, one, "id") == judge {
			return find(j.t, one, "name")
		}
	}
	j.t.Fatalf("there is no judge %s", judge)
	return ""
}

func (j *journey) scores() {
	judge, work, code := j.task("", 0)
	on := " c.fayi --judge " + judge
	j.both("scores status c.fayi")
	j.both("scores progress c.fayi")
	j.both("scores remind c.fayi")
	j.both("scores flags c.fayi")
	j.both("room passes c.fayi")
	j.both("room serve c.fayi --addr 127.0.0.1:0 --for 50ms")
	j.run(2, "room serve c.fayi --addr 127.0.0.1:0 --for soon")
	j.run(0, "room serve c.fayi --addr 127.0.0.1:0 --for 50ms --names --https")
	j.run(2, "room serve c.fayi --addr 127.0.0.1:0 --for 50ms --cert root.crt")
	j.run(4, "room serve c.fayi --addr 127.0.0.1:0 --for 50ms --cert none.pem --key none.key")
	j.both("room root c.fayi --out root.crt")
	j.both("room screen c.fayi --addr 127.0.0.1:0")
	j.both("room screen c.fayi --addr 127.0.0.1:0 --renew --https")
	j.both("room invite c.fayi --judge j001")
	j.run(4, "room invite c.fayi --judge j999")
	j.both("room release c.fayi --judge j001")
	j.both("room revoke c.fayi --judge j001")
	j.both("scores sheets c.fayi --out sheets")
	j.both("scores calibrate c.fayi --per-category 1 --seed 3")
	j.both("scores calibration c.fayi")
	j.run(0, "scores calibrate c.fayi --clear")
	j.both("scores enter" + on + " --work " + work + " --total 80")
	j.run(2, "scores enter"+on+" --work "+work+" --total 八十")
	j.both("scores history c.fayi --work " + work)
	j.both("scores verify c.fayi")
	j.run(0, "scores verify"+on+" --by 李四 --file totals.csv")
	j.both("scores void" + on + " --work " + work + " --reason 误评")
	j.both("scores restore" + on + " --work " + work + " --reason 作废错了")
	j.run(0, "scores void"+on+" --work "+work+" --reason 误评")
	j.both("scores offset c.fayi --reason 超时 --points -2 --work " + work)
	j.run(3, "scores offset c.fayi --reason 超时 --points 0 --work "+work)
	j.both("scores offsets c.fayi")
	j.both("scores undo-offset c.fayi f0001 --reason 计时有误")
	j.run(4, "scores undo-offset c.fayi f0001 --reason 计时有误")
	file := []byte("作品名称,作品编号,票数\n," + code + ",12\n")
	if err := os.WriteFile("votes.csv", file, 0o600); err != nil {
		j.t.Fatal(err)
	}
	j.run(0, "scores audience c.fayi votes.csv --source 公众号 --period 一周 --dry-run")
	j.both("scores audience c.fayi votes.csv --source 公众号 --period 一周")
	j.run(0, "scores audience c.fayi votes.csv --source 公众号 --period 两周 --replace")
	j.run(5, "scores audience c.fayi votes.csv --source 公众号 --period 一周")
	j.run(4, "scores audience c.fayi nothing.csv --source 公众号 --period 一周")
	j.both("scores audiences c.fayi")
	j.both("scores undo-audience c.fayi a0002 --reason 平台重新统计")
	j.run(4, "scores undo-audience c.fayi a0002 --reason 平台重新统计")
	j.run(0, "scores collect c.fayi sheets/"+only(j.t, "sheets", "-"+j.nameOf(judge)+"."))
	j.run(4, "scores collect c.fayi none.xlsx")
	j.both("scores collections c.fayi")
	j.both("scores clashes c.fayi")
	j.both("scores comments c.fayi")
	j.run(4, "scores comments c.fayi --out comments.xlsx")
	j.run(5, "scores submit"+on)
	j.run(5, "scores close c.fayi --dry-run")
}

// packets sends a packet to a judge who then scores otherwise than was typed in meanwhile.
func (j *journey) packets() {
	t := j.t
	judge, work, code := j.task("", 3)
	j.run(4, "packet slip c.fayi --out slips.pdf")
	doc := j.both("packet seal c.fayi --judge " + judge + " --out p.fayipacket")
	phrase := find(t, doc, 0, "passphrase")
	j.run(0, "packet slip c.fayi --out slips.pdf")
	j.both("packet list c.fayi")
	j.run(0, "scores enter c.fayi --judge "+judge+" --work "+work+" --total 71")
	p, err := packet.Open(t.Context(), packet.Place{File: "p.fayipacket", Dir: "desk", Now: time.Now}, phrase, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Save(t.Context(), judging.Ballot{Code: judging.WorkCode(code), Total: 92}); err != nil {
		t.Fatal(err)
	}
	if err := p.WriteReply("p.fayireply"); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	j.run(3, "packet collect c.fayi p.fayipacket")
	doc = j.run(0, "packet collect c.fayi p.fayireply")
	find(t, doc, 0, "clashes", 0, "code")
	j.both("scores undo-collect c.fayi --reason 收错了")
	j.run(4, "scores undo-collect c.fayi --reason 收错了")
	j.run(0, "packet collect c.fayi p.fayireply")
	j.both("packet resolve c.fayi --judge " + judge + " --work " + work + " --take packet")
}

// rehearsal goes on in a copy in which all judges have scored.
func (j *journey) rehearsal() {
	j.both("rehearse c.fayi --out r.fayi --seed 3")
	j.run(5, "rehearse c.fayi --out r.fayi")
	j.both("rank r.fayi")
	j.run(0, "rank r.fayi --method rules")
	j.run(3, "rank r.fayi --method best")
	j.both("rank explain r.fayi --work w000001")
	j.both("rank agreement r.fayi")
	j.both("judges report r.fayi")
	j.both("judges spread r.fayi")
	j.both("judges hints r.fayi")
	j.run(4, "judges note-hint r.fayi h00000000 --reason 看过")
	j.run(3, "judges note-hint r.fayi h00000000")
	j.run(4, "judges recall-note r.fayi h00000000 --reason 要再看")
	j.hints()
	judge, _, _ := j.task("", 0)
	j.both("scores signoff r.fayi --judge " + judge + " --out signoff.pdf")
	j.both("scores reopen r.fayi --judge " + judge + " --reason 手误")
	j.run(0, "scores submit r.fayi --judge "+judge)
	j.both("disputes list r.fayi")
	j.both("disputes settle r.fayi --work w000004 --exit accept --reason 合议维持")
	j.run(0, "rehearse c.fayi --out q.fayi --seed 5")
	j.run(0, "scores reopen q.fayi --judge "+judge+" --reason 生病")
	j.file("needs.toml", append([]byte("missing_judges = \"needs\"\nmin_scores = 1\n"), j.read("rules.toml")...))
	j.run(0, "contest rules q.fayi --load needs.toml --accept")
	j.run(0, "scores close q.fayi --reason 一位评委生病")
}

// stage goes through a performance, on a rehearsal of its own: works of the running order are locked till they are on.
func (j *journey) stage() {
	j.run(0, "rehearse c.fayi --out live.fayi --seed 3")
	j.run(2, "stage order live.fayi --draw")
	j.run(4, "stage order live.fayi --draw --category 杂技")
	order := j.both("stage order live.fayi --draw --category 征文 --seed 3")
	j.run(5, "stage close live.fayi")
	j.both("stage move live.fayi --work " + find(j.t, order.([]any)[0], "work") + " --to 2")
	j.both("stage call live.fayi")
	j.both("stage back live.fayi")
	j.run(0, "stage call live.fayi")
	j.both("stage time live.fayi --start")
	j.run(0, "stage time live.fayi --stop")
	j.run(5, "stage time live.fayi --stop")
	j.run(2, "stage time live.fayi")
	on := find(j.t, j.both("stage close live.fayi --early"), "work")
	j.both("stage release live.fayi")
	j.both("stage reopen live.fayi --work " + on)
	j.run(5, "stage release live.fayi")
	j.both("stage break live.fayi --text 休息")
	j.both("stage board live.fayi")
}

func (j *journey) awards() {
	doc := j.run(0, "scores history r.fayi --work w000001")
	judge := find(j.t, doc, 0, "judge")
	j.run(0, "conflicts declare r.fayi --judge "+judge+" --work w000001 --reason 师生")
	j.both("conflicts settle r.fayi --judge " + judge + " --work w000001 --keep --reason 已核实")
	j.both("awards decide r.fayi")
	for _, line := range []string{"list", "board", "honours", "influence", "rulings"} {
		j.both("awards " + line + " r.fayi")
	}
	j.both("awards override r.fayi --work w000004 --award 一等奖 --reason 评委会复议")
	j.both("awards withhold r.fayi --work w000005 --reason 作者放弃")
	j.both("awards disqualify r.fayi --work w000006 --reason 查实抄袭")
	j.both("awards nominate r.fayi --work w000004 --award 最佳新人奖 --reason 评委会提名")
	j.both("awards tie r.fayi --category 征文 --group 成人组 --award 一等奖 --exit empty --reason 宁缺毋滥")
	j.both("awards recall r.fayi --ruling u001 --reason 误判")
	j.run(0, "awards decide r.fayi")
	j.run(3, "awards publish r.fayi --from 明天")
	line := "awards publish r.fayi --accept disputes,unranked,flags,two_formulas --from 2020年5月12日 --days 3"
	j.both(line + " --contact 示例县司法局")
	j.both("awards recall-notice r.fayi --reason 日期写错")
	j.run(0, line)
	j.both("awards correct-notice r.fayi --from 2020.5.13 --reason 日期写错")
	j.both("awards object r.fayi --work w000007 --text 疑似雷同")
	j.both("awards notice r.fayi")
	j.both("awards answer r.fayi --objection b001 --uphold --dry-run")
	j.both("awards answer r.fayi --objection b001 --uphold --answer 属实")
	j.both("awards retract-answer r.fayi --objection b001 --reason 选错了处理")
	j.both("awards answer r.fayi --objection b001 --answer 经核查不属实")
	j.both("awards final r.fayi")
}

// compare settles a tie of three works, in a contest of its own.
func (j *journey) compare() {
	j.run(0, "contest new t.fayi --name 并列")
	j.file("tied.csv", []byte("作品名称,类别,组别,作者,单位\n"+
		"甲文,征文,小学组,佟一,示例一小\n乙文,征文,小学组,佟二,示例二小\n丙文,征文,小学组,佟三,示例三小\n"))
	j.run(0, "works import t.fayi tied.csv")
	for _, name := range []string{"佟审一", "佟审二", "佟审三"} {
		j.run(0, "judges add t.fayi --name "+name)
	}
	j.run(0, "assign plan t.fayi --seed 7 --per-work 3")
	j.run(0, "assign publish t.fayi --accept import_problems,no_files")
	all, _ := j.run(0, "assign list t.fayi").([]any)
	for _, one := range all {
		j.run(0, "scores enter t.fayi --total 90 --judge "+find(j.t, one, "judge")+" --work "+find(j.t, one, "work"))
	}
	j.both("compare lines t.fayi")
	j.run(4, "compare open t.fayi --why doubt --category 征文 --group 小学组 --award 一等奖")
	j.run(3, "compare open t.fayi --why tie --category 征文 --group 小学组 --award 一等奖 --most -1")
	j.both("compare open t.fayi --why tie --category 征文 --group 小学组 --award 一等奖 --judge j001 --judge j002 --most 3")
	j.run(5, "compare open t.fayi --why tie --category 征文 --group 小学组 --award 一等奖")
	j.run(5, "compare settle t.fayi k001 --reason 按比较")
	last := ""
	for _, judge := range []string{"j001", "j002", "j001", "j002", "j001", "j002"} {
		pair := j.both("compare ask t.fayi --judge " + judge)
		left, right := find(j.t, pair, "left", "code"), find(j.t, pair, "right", "code")
		better := "left"
		if right < left {
			better = "right"
		}
		line := "compare answer t.fayi k001 --judge " + judge + " --left " + left + " --right " + right + " --better "
		last = find(j.t, j.both(line+better), "last")
	}
	j.run(6, "compare answer t.fayi k001 --judge j003 --left A --right B --better left")
	j.both("compare list t.fayi")
	shown := j.both("compare show t.fayi k001").(map[string]any)
	j.both("compare export t.fayi k001 --out answers-of-k001.csv")
	again := j.run(0, "table pairs answers-of-k001.csv --cut 1").(map[string]any)
	for n := range again["works"].([]any) { // the same numbers to the last digit, from the file alone
		for of, in := range map[string]string{
			"work": "code", "value": "value", "se": "se", "place": "place", "place_lo": "place_lo",
			"place_hi": "place_hi", "n": "n", "wins": "wins", "chance": "chance",
		} {
			if is, was := find(j.t, again["works"], n, of), find(j.t, shown["order"], n, in); is != was {
				j.t.Errorf("work %d, %s: %s in the contest, %s from the file", n, of, was, is)
			}
		}
	}
	j.both("compare settle t.fayi k001 --dry-run --reason 按比较")
	j.both("compare settle t.fayi k001 --reason 按比较 --unsure")
	j.run(5, "compare take-back t.fayi "+last+" --reason 按错了")
	j.both("compare undo t.fayi k001 --reason 再问一位")
	j.both("compare take-back t.fayi " + last + " --reason 按错了")
	j.both("compare drop t.fayi k001 --reason 改为合议")
}

func (j *journey) rounds() {
	j.both("rounds show q.fayi")
	j.both("rounds next q.fayi")
	doc := j.both("rounds list q.fayi --round 2")
	leaves := find(j.t, doc, 1) // the first list has one work
	j.both("rounds replace q.fayi --work " + leaves + " --reason 作者退出")
	j.both("rounds enter q.fayi --work " + leaves + " --reason 又来参加")
	j.run(5, "rounds enter q.fayi --work "+leaves+" --reason 又来参加")
	j.both("rounds undo q.fayi --reason 入围数不对")
}

func (j *journey) reports() {
	j.both("report awards r.fayi --out list.xlsx")
	j.both("report notice r.fayi --out notice.docx")
	j.both("report rules r.fayi --out rules.pdf")
	j.both("report matrix r.fayi --out matrix.xlsx")
	j.both("report matrix r.fayi --out unnamed.xlsx --unnamed")
	j.both("report statistics r.fayi")
	j.run(0, "report statistics r.fayi --out statistics.csv")
	j.both("report superior r.fayi --to city --name 示例市司法局 --quota 征文=2 --total 3")
	j.run(0, "report superior r.fayi")
	j.run(2, "report superior r.fayi --to city --quota 征文=两件")
	j.run(0, "report batch r.fayi --to city --dry-run")
	j.both("report batch r.fayi --to city --out batch --accept no_files,notice_not_over")
	j.both("report due r.fayi")
	j.both("report withdraw-batch r.fayi --batch city-01 --reason 漏了附件")
	j.run(0, "report batch r.fayi --to city --out batch2 --accept no_files,notice_not_over")
	j.both("report batches r.fayi")
	j.run(0, "report check batch")
	j.run(3, "report check files")
	j.both("report answers r.fayi batch/上报汇总表.xlsx --to city")
	doc := j.both("report certificates r.fayi --out certificates.pdf")
	j.both("report letters r.fayi --out letters --comments --places --certificates")
	j.run(4, "report letters r.fayi --out letters2 --unit 没有这个单位")
	j.run(5, "report letters r.fayi --out letters")
	j.both("report participation r.fayi --out units.xlsx")
	j.run(5, "report exhibition r.fayi --out web --left left.xlsx")
	j.run(0, "report exhibition r.fayi --check")
	j.both("report exhibition r.fayi --out web --consents-on-paper --media")
	j.both("report album r.fayi --out album.pdf --consents-on-paper")
	j.run(0, "report certificates r.fayi --check")
	j.run(0, "report certificates r.fayi --preview first.png")
	j.run(0, "report certificates r.fayi --write-template layout.toml")
	number := find(j.t, doc, "first")
	winner := find(j.t, j.run(0, "awards list r.fayi"), 0, "work")
	one := j.run(0, "report certificates r.fayi --out one.pdf --list merge.xlsx --work "+winner)
	verdict := j.run(8, "report verify r.fayi --number "+number+" --code 0000-0000-0000-0000")
	if fmt.Sprint(find(j.t, verdict, "genuine")) != "false" {
		j.t.Errorf("a verdict does not say what was found: %v", verdict)
	}
	j.run(0, "report verify r.fayi --number "+find(j.t, one, "first")+" --code "+j.certificateCode("merge.xlsx"))
}

// certificateCode returns the check code in a list of one certificate.
func (j *journey) certificateCode(path string) string {
	j.t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		j.t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			j.t.Fatal(err)
		}
		data, err := io.ReadAll(io.LimitReader(in, 1<<20))
		if err != nil {
			j.t.Fatal(err)
		}
		if code := regexp.MustCompile(`>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})<`).FindSubmatch(data); code != nil {
			return string(code[1])
		}
	}
	j.t.Fatalf("%s has no code", path)
	return ""
}

func (j *journey) read(path string) []byte {
	j.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		j.t.Fatal(err)
	}
	return data
}

// only returns the name of the one file in dir that has part in its name.
func only(t *testing.T, dir, part string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*"+part+"*"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v %v", part, found, err)
	}
	return filepath.Base(found[0])
}

func (j *journey) restore() {
	doc := j.run(0, "contest backup c.fayi")
	j.both("contest restore c.fayi --dry-run --from " + find(j.t, doc, "path"))
	j.both("contest restore c.fayi --from " + find(j.t, doc, "path"))
	j.run(0, "contest backups c.fayi --look "+find(j.t, doc, "path"))
	j.both("contest mirror c.fayi --to second --verify")
	j.both("contest heal c.fayi --from second/c.fayi")
	j.run(0, "contest archive c.fayi --out c")
	j.run(5, "contest archive c.fayi --out c")
	j.run(4, "contest unarchive none.fayiarchive --out again.fayi")
	j.run(0, "contest unarchive c.fayiarchive --out again.fayi")
	j.run(0, "contest show again.fayi")
}

// share has a second computer join while the first serves what it shares.
func (j *journey) share() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		j.t.Fatal(err)
	}
	address := "lan://" + l.Addr().String()
	l.Close()
	j.run(4, "contest log c.fayi")
	doc := j.both("contest share c.fayi --to " + address + " --for 1ms")
	j.run(0, "contest log c.fayi")
	j.both("contest depot c.fayi")
	j.both("contest log c.fayi --snapshot --cut")
	j.run(3, "contest join nothing --out joined.fayi")
	served := make(chan struct{})
	go func() {
		defer close(served)
		runs(j.t, strings.Fields("contest share c.fayi --for 4s"))
	}()
	for tries := 0; ; tries++ { // until it is served
		code, said := runs(j.t, []string{"contest", "join", find(j.t, doc, "invitation"), "--out", "first.fayi"})
		if code == 0 {
			break
		}
		if tries == 20 {
			j.t.Fatalf("exit %d: %s", code, said)
		}
	}
	j.run(0, "contest join "+find(j.t, doc, "invitation")+" --out joined.fayi --name 二号机")
	<-served
	j.both("contest leave joined.fayi")
	j.run(0, "contest leave c.fayi")
}

// TestAFailureKeepsWhatWasDone: a list that is a result stands next to the error.
func TestAFailureKeepsWhatWasDone(t *testing.T) {
	j := newJourney(t)
	j.material()
	j.run(0, "contest new c.fayi --name 示例征集 --rules rules.toml")
	j.run(0, "works import c.fayi list.csv")
	j.run(0, "judges add c.fayi --name 佟四 --categories 征文,摄影")
	j.run(0, "assign plan c.fayi --per-work 1")
	j.run(0, "assign publish c.fayi")
	j.run(0, "scores sheets c.fayi --out sheets --overwrite")
	doc := j.run(4, "scores collect c.fayi sheets/"+only(t, "sheets", "佟四")+" none.xlsx")
	if find(t, doc, "result", 0, "judge") != "j001" || find(t, doc, "error", "code") != "not_found" {
		t.Errorf("%v", doc)
	}
}
