package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"time"

	"fayi/assets/rubrics"
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/office"
	"fayi/judging/office/sending"
	"fayi/judging/store/bolt"
)

// smallPDF is a paper of one empty page.
const smallPDF = `%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]/Count 1>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>
endobj
trailer
<</Root 1 0 R/Size 4>>
%%EOF
`

// material writes rules, twelve works with files, and what else the commands read.
func (j *journey) material() {
	rules := strings.NewReplacer("range = 20", "range = 1", "min_score = ",
		"min_score = 1 # ").Replace(string(rubrics.LegalCulture))
	j.file("rules.toml",
		[]byte(rules+"\n[[rounds]]\nname = \"复评\"\ntake = { percent = 50, rounding = \"up\" }\ncarry = \"replace\"\n"+
			"\n[[special_awards]]\nname = \"最佳新人奖\"\nby = \"nomination\"\ncount = 1\n"))
	list := "作品名称,作者,类别,组别,单位,指导教师\n"
	for i := range 12 {
		name := fmt.Sprintf("法治篇章%c", '甲'+rune(i)*7)
		kind := "征文"
		if i == 0 {
			name, kind = "红日", "摄影"
		}
		list += fmt.Sprintf("%s,作者%c,%s,成人组,单位%d,教师%d\n", name, '丁'+rune(i)*11, kind, i%3, i)
		switch i {
		case 0:
			img := image.NewRGBA(image.Rect(0, 0, 400, 400))
			for p := range 400 {
				img.Set(p, p, color.White)
			}
			var b bytes.Buffer
			if err := png.Encode(&b, img); err != nil {
				j.t.Fatal(err)
			}
			j.file("files/"+name+".png", b.Bytes())
		case 1:
			j.file("files/"+name+".pdf", []byte(smallPDF))
		default:
			j.file("files/"+name+".txt", []byte(strings.Repeat("依法治国，人人有责。", 20+i)))
		}
	}
	j.file("list.csv", []byte(list))
	j.file("files/无名.txt", []byte("没有着落"))
	j.file("judges.csv", []byte("姓名,单位,类别\n佟一,甲馆,征文\n佟二,乙馆,征文\n佟三,丙馆,摄影\n"))
	j.file("totals.csv", []byte("作品编号,总分\nZW-0001,80\n"))
	j.file("answers.csv", []byte("judge,left,right,better\na,1,2,left\nb,2,3,right\na,3,1,3\nb,1,2,相当\n"))
	j.file("scores.csv", []byte("work,judge,score\n1,a,80\n1,b,82\n2,a,70\n2,b,75\n3,a,60\n3,b,61\n"))
}

func (j *journey) program() {
	j.run(0, "version")
	j.run(2, "version extra")
	j.run(2, "version --key some.pub")
	j.run(3, "version --verify list.csv")
	j.run(0, "help works import")
	j.run(2, "help works imprt")
	for _, shell := range command.Shells {
		j.run(0, "completion "+shell)
	}
	j.run(2, "completion tcsh")
	j.run(0, "sample s --seed 2")
	j.run(2, "sample")
	j.run(0, "table rank scores.csv")
	j.run(0, "table rank scores.csv --out ranked.csv --judges-out strict.csv")
	j.run(4, "table rank none.csv")
	j.run(0, "table hints scores.csv")
	j.run(4, "table hints none.csv")
	j.run(0, "table agree scores.csv")
	j.run(4, "table agree none.csv")
	j.run(0, "table design --works 6 --judges 3 --per-work 2 --out design.csv")
	j.run(0, "table pairs answers.csv --cut 2")
	j.run(0, "table pairs answers.csv --out order.csv")
	j.run(3, "table pairs scores.csv")
	j.run(4, "table pairs none.csv")
	find(j.t, j.run(3, "table design --works 6 --judges 2 --per-work 3 --out none.csv"), "missing", 0, "short")
}

func (j *journey) contest() {
	j.run(0, "contest new c.fayi --name 示例征集 --host 示例县司法局 --rules rules.toml")
	j.run(5, "contest new c.fayi --name 示例征集")
	for _, line := range []string{"show", "check", "backup", "backups", "journal", "rules"} {
		j.both("contest " + line + " c.fayi")
	}
	j.run(0, "contest backup c.fayi --before import")
	j.run(0, "contest rules c.fayi --out out.toml")
	j.run(0, "contest rules c.fayi --preview rules.toml")
	j.run(3, "contest rules c.fayi --set tie_at_cut=\"nowhere\"")
	j.both("contest find c.fayi 红日")
	j.t.Setenv(command.PasswordVariable, "司法为民2020")
	j.run(0, "contest password c.fayi --slip slip.pdf")
	j.run(0, "contest password c.fayi --check")
	j.run(0, "contest password c.fayi --code")
	j.run(0, "contest password c.fayi --backups")
	j.t.Setenv(command.PasswordVariable, "司法")
	j.run(6, "contest password c.fayi --check")
	j.t.Setenv(command.PasswordVariable, "司法为民2020")
	time.Sleep(1100 * time.Millisecond) // after a wrong one, even the right one has to wait
	j.run(0, "contest password c.fayi --clear")
	j.t.Setenv(command.PasswordVariable, "")
}

func (j *journey) works() {
	j.run(0, "works import c.fayi list.csv --dry-run")
	j.run(0, "works import c.fayi list.csv --media files")
	j.run(4, "works import c.fayi none.csv")
	j.both("works intakes c.fayi")
	doc := j.both("works intakes c.fayi --intake i001")
	find(j.t, doc, "sheets", 0, "rows")
	j.run(0, "works intakes c.fayi --intake i001 --sheet=")
	j.run(4, "works intakes c.fayi --intake i999")
	j.run(2, "works intakes c.fayi --sheet 书法")
	j.both("works list c.fayi")
	if got := find(j.t, j.run(0, "works list c.fayi --status waiting"), 0, "waiting"); got != "true" {
		j.t.Errorf("waiting is %q", got)
	}
	if doc := j.run(0, "works list c.fayi --status accepted"); doc != nil && len(doc.([]any)) > 0 {
		j.t.Errorf("works that nobody reviewed are listed as accepted: %v", doc)
	}
	j.run(0, "works list c.fayi --judge-view")
	j.both("works show c.fayi --work w000001")
	j.run(0, "works show c.fayi --work w000001 --file 1 --out got.png")
	j.run(4, "works show c.fayi --work w999999")
	j.run(2, "works show c.fayi")
	j.both("works check c.fayi")
	j.run(0, "works check c.fayi --work w000001")
	j.both("works export c.fayi --out works.xlsx")
	j.run(0, "works review c.fayi --work w000012 --status returned --reason 缺少释文")
	j.run(0, "works review c.fayi --waiting")
	j.run(0, "works review c.fayi --history w000012")
	j.run(3, "works review c.fayi --work w000012 --status rejected")
	j.both("report returns c.fayi --out back --by 2020-06-30")
	j.run(3, "report returns c.fayi --out back2 --by 明天")
	j.run(0, "works review c.fayi --undo")
	j.both("works correct c.fayi --work w000012 --set 作者单位=单位九 --reason 单位有误")
	j.both("works history c.fayi --work w000012")
	j.run(2, "works correct c.fayi --work w000012 --set unit --reason 单位有误")
	j.run(3, "works correct c.fayi --work w000012 --set code=1 --reason 单位有误")
	j.run(0, "works correct c.fayi --undo --reason 核对无误")
	j.run(4, "works correct c.fayi --undo --reason 核对无误")
	j.run(0, "works correct c.fayi --redo")
	j.run(4, "works correct c.fayi --redo")
	j.run(0, "works correct c.fayi --undo")
	j.run(0, "works correct c.fayi --work w000012 --work w000011 --set group=小学组 --dry-run")
	j.both("works correct c.fayi --from 征文 --set category=绘画 --dry-run")
	j.run(3, "works correct c.fayi --from 剪纸 --set category=绘画 --dry-run")
	j.run(2, "works correct c.fayi --from 征文 --work w000012 --set category=绘画")
	j.both("works corrections c.fayi")
	j.units()
	j.calls()
	j.run(0, "contest new u.fayi --name 另一个")
	j.begins()
	j.run(0, "works import u.fayi list.csv")
	j.run(0, "works undo-import u.fayi")
	j.run(4, "works undo-import u.fayi")
}

func (j *journey) problems() {
	j.run(0, "contest new p.fayi --name 问题")
	j.file("wrong.csv", []byte("作品名称,作者,类别,组别,单位\n一,甲,雕塑,成人组,一局\n二,乙,,成人组,一局\n三,丙,征文,成人组,二局\n"))
	j.run(0, "works import p.fayi wrong.csv --fill 组别=成人组 --merge-same")
	j.run(3, "works import p.fayi wrong.csv --fill title=一")
	j.run(2, "works import p.fayi wrong.csv --fill group")
	doc := j.run(0, "problems list p.fayi --rows 5")
	id, row := find(j.t, doc, 0, "id"), find(j.t, doc, 0, "rows", 0, "id")
	j.run(4, "problems list none.fayi")
	j.run(0, "problems list p.fayi --units")
	j.run(0, "problems export p.fayi --unit 一局 --out send.xlsx")
	j.run(4, "problems export p.fayi --unit 三局 --out send2.xlsx")
	j.run(0, "problems return p.fayi send.xlsx --dry-run")
	j.run(3, "problems return p.fayi wrong.csv")
	j.run(3, "works import p.fayi send.xlsx")
	j.run(0, "problems dismiss p.fayi --row "+row+" --reason 不参赛")
	j.run(0, "problems dismiss p.fayi --row "+row+" --reason=")
	j.run(4, "problems dismiss p.fayi --problem p0 --reason 不参赛")
	j.run(0, "problems fix p.fayi --problem "+id+" --value 征文 --dry-run")
	j.run(0, "problems fix p.fayi --problem "+id+" --value 征文")
	j.run(4, "problems fix p.fayi --problem "+id+" --value 征文")
}

// calls runs the call for works: kits, what came, receipts, who is missing.
func (j *journey) calls() {
	j.run(0, "contest new call.fayi --name 示例征集")
	j.file("asked.csv", []byte("单位名称,类型,联系人,电话,限报数\n示例一小,学校,甲某,13800138000,1\n示例二小,学校,,,\n"))
	j.run(0, "units import call.fayi asked.csv")
	j.both("collect terms call.fayi --deadline 2999-12-20 --to 普法科")
	j.both("collect terms call.fayi")
	j.run(3, "collect terms call.fayi --deadline 明天")
	j.run(0, "collect kit call.fayi --write-texts 文字.toml")
	j.run(0, "collect kit call.fayi --out 材料 --texts 文字.toml")
	j.run(5, "collect kit call.fayi --out 材料")
	j.run(4, "collect kit call.fayi --out 又一 --unit 不在名单")
	j.file("bad.toml", []byte("naming = \"{甲}\"\n"))
	j.run(3, "collect kit call.fayi --out 又一 --texts bad.toml")
	j.run(4, "collect receipts call.fayi")
	j.file("示例一小.csv", []byte("作品名称,作品类别,组别,作者\n与法同行,征文,小学组,甲\n法在身边,征文,小学组,乙\n"))
	j.both("collect take call.fayi 示例一小.csv --dry-run")
	j.both("collect take call.fayi 示例一小.csv")
	j.file("无名.csv", []byte("作品名称,作品类别,组别,作者\n无名的一件,征文,小学组,丙\n"))
	if err := os.Mkdir("空", 0o700); err != nil {
		j.t.Fatal(err)
	}
	j.run(3, "collect take call.fayi 空")
	j.run(2, "collect take call.fayi 示例一小.csv --at 昨天")
	j.run(3, "collect take call.fayi 示例一小.csv --at 2999-01-01T08:00")
	j.run(3, "collect take call.fayi 无名.csv")
	j.run(0, "collect take call.fayi 无名.csv --unsure")
	j.run(0, "collect take call.fayi 示例一小.csv")
	j.arrivals()
	j.both("collect inbox call.fayi")
	j.both("collect missing call.fayi")
	j.both("collect missing call.fayi --group")
	j.both("collect missing call.fayi --reminders")
	j.run(0, "collect missing call.fayi --out 报送.xlsx")
	j.both("collect map call.fayi")
	j.run(0, "collect map call.fayi --out 一览.pdf")
	j.inherits()
	j.both("collect receipts call.fayi")
	j.run(0, "collect receipts call.fayi --out 回执")
	j.both("collect correct call.fayi --parcel p001 --drop")
	j.both("collect correct call.fayi --parcel p001 --keep")
	j.both("collect correct call.fayi --parcel p001 --unit 示例二小")
	j.run(4, "collect correct call.fayi --parcel p009 --drop")
	j.sending()
}

// inherits takes the units of an earlier contest over.
func (j *journey) inherits() {
	j.run(0, "contest new later.fayi --name 又一年")
	j.run(4, "units inherit call.fayi later.fayi")
	j.file("later.csv", []byte("单位名称,联系人\n一小,丁某\n"))
	j.run(0, "units import later.fayi later.csv")
	j.both("units inherit later.fayi call.fayi --dry-run")
	j.run(4, "units inherit later.fayi call.fayi --same 没有的学校")
	j.both("units inherit later.fayi call.fayi --same 示例一小 --apart 示例二小 --overwrite --all")
	j.run(3, "units inherit later.fayi later.fayi")
}

// sending runs what there is to do about what units send online.
func (j *journey) sending() {
	j.both("collect open call.fayi --until 2999-12-20T18:00 --public --most-gb 2")
	j.run(2, "collect open call.fayi --until 明天")
	j.run(3, "collect open call.fayi --until 2001-01-01T00:00")
	j.run(3, "collect open call.fayi --most-gb 999999999")
	j.both("collect links call.fayi --at http://192.0.2.1:8792")
	j.both("collect links call.fayi --unit 示例三小")
	j.run(2, "collect links call.fayi --unit 示例三小 --slips 链接条.pdf")
	j.run(3, "collect links call.fayi --at 不是网址 --unit 示例三小 --slips 链接条.pdf")
	j.run(0, "collect links call.fayi --at http://192.0.2.1:8792 --unit 示例三小 --slips 链接条2.pdf")
	j.both("collect poster call.fayi --at http://192.0.2.1:8792 --out 海报.pdf --a3")
	j.run(3, "collect poster call.fayi --at http://192.0.2.1:8792/#abc --out 海报2.pdf")
	j.run(2, "collect kit call.fayi --out 带链接 --links")
	j.run(3, "collect kit call.fayi --out 带链接 --at 不是网址")
	j.run(0, "collect kit call.fayi --out 带链接 --at http://192.0.2.1:8792 --links")
	j.both("collect unlink call.fayi --unit 示例三小")
	j.run(4, "collect unlink call.fayi --unit 示例三小")
	j.arrive("登记表一.csv", "作品名称,作品类别,组别,作者\n法治春风,征文,小学组,丙\n")
	j.arrive("登记表二.csv", "作品名称,作品类别,组别,作者\n法治秋雨,征文,小学组,丁\n")
	j.both("collect sent call.fayi")
	j.both("collect receive call.fayi --delivery s001 --dry-run")
	j.both("collect receive call.fayi --delivery s001")
	j.run(5, "collect receive call.fayi --delivery s001")
	j.both("collect refuse call.fayi --delivery s002 --why 缺件")
	j.both("collect clear call.fayi --dry-run")
	j.both("collect serve call.fayi --addr 127.0.0.1:0 --for 50ms")
	j.run(2, "collect serve call.fayi --for 一会儿")
	j.both("collect close call.fayi")
	j.run(4, "collect receive call.fayi --delivery s009")
	j.run(4, "collect refuse call.fayi --delivery s009 --why 缺件")
	j.run(3, "collect refuse call.fayi --delivery s009 --why "+strings.Repeat("长", 501))
}

func (j *journey) units() {
	j.file("units.csv", []byte("单位名称,类型,联系人,电话,邮箱,限报数,开户行号\n单位1,学校,甲某,13800138000,jia@example.com,5,x\n"+
		"示例县单位2,学校,乙某,13800138001,,,\n,学校,丙某,,,,\n"))
	j.run(0, "collect page c.fayi --out page.html --unit 第一小学")
	j.run(2, "collect page c.fayi")
	j.run(3, "collect page c.fayi --out page2.html --naming 奖项")
	j.both("units import c.fayi units.csv --dry-run")
	j.both("units import c.fayi units.csv --all")
	j.both("units list c.fayi")
	j.both("units lists c.fayi")
	j.both("units undo-import c.fayi")
	j.run(4, "units undo-import c.fayi")
	j.file("none.csv", []byte("单位名称,电话\n,13800138000\n"))
	j.run(3, "units import c.fayi none.csv")
	j.both("units list c.fayi")
	j.both("units rename c.fayi --from 单位1 --to 单位一 --dry-run")
	j.run(0, "units rename c.fayi --from 单位1 --to 单位一")
	j.run(5, "units rename c.fayi --from 单位一 --to 单位2")
	j.run(4, "units rename c.fayi --from 单位9 --to 单位八")
	j.both("units merge c.fayi --from 单位0 --to 单位一")
	j.run(4, "units merge c.fayi --from 单位0 --to 单位一")
	j.both("units aliases c.fayi")
	j.both("units forget c.fayi --alias 单位1")
	j.run(4, "units forget c.fayi --alias 单位1")
	j.run(0, "works correct c.fayi --undo")
	j.run(0, "works correct c.fayi --undo")
}

func (j *journey) worksFiles() {
	doc := j.both("works reconcile c.fayi")
	id := find(j.t, doc, "files_without_work", 0, "id")
	j.run(0, "works reconcile c.fayi --file "+id+" --out waiting.txt")
	j.both("works dismiss c.fayi --file " + id)
	j.run(0, "works dismiss c.fayi --file "+id+" --clear")
	j.both("works attach c.fayi --work w000003 --file " + id)
	j.both("works order c.fayi --work w000003 --files 2,1")
	j.run(2, "works order c.fayi --work w000003 --files 二,一")
	j.both("works aside c.fayi --work w000003 --file 1")
	j.both("works detach c.fayi --work w000003 --file 1")
	j.both("works text c.fayi --work w000004")
	j.both("works thumbs c.fayi")
	j.run(0, "works thumbs c.fayi --work w000001 --out small.jpg")
	j.both("works blind c.fayi --prepare")
	j.run(0, "works blind c.fayi --out blind.xlsx")
	j.both("works mask c.fayi --work w000001 --file 1 --mask 0.7,0.8,0.3,0.2")
	j.run(0, "works mask c.fayi --work w000001 --file 1 --clear")
	j.both("works looked c.fayi --work w000001 --file 1")
	j.both("works page c.fayi --work w000002 --width 100 --out page.png")
	doc = j.both("works duplicates c.fayi")
	pair := find(j.t, doc, 0, "pair")
	j.run(0, "works duplicates c.fayi --pair "+pair)
	j.run(0, "works duplicates c.fayi --pair "+pair+" --side 1 --out side.txt")
	j.run(0, "works duplicates c.fayi --pair "+pair+" --decide not_same --reason 题材相近")
	j.both("works reference add c.fayi files --set 往年")
	j.both("works reference list c.fayi")
	j.run(0, "works reference drop c.fayi --set 往年")
	j.run(4, "works reference drop c.fayi --set 往年")
}

func (j *journey) judges() {
	j.both("judges import c.fayi judges.csv --dry-run")
	j.both("judges import c.fayi judges.csv")
	j.run(0, "contest new undone.fayi --name 撤销")
	j.run(0, "judges import undone.fayi judges.csv --all")
	j.both("judges undo-import undone.fayi")
	j.both("judges lists c.fayi")
	j.run(0, "judges add c.fayi --name 佟四 --categories 征文,摄影")
	j.run(0, "judges add c.fayi --name 佟五 --categories 征文,摄影")
	j.run(0, "judges add c.fayi --name 佟六 --categories 征文,摄影")
	j.run(2, "judges add c.fayi")
	j.run(5, "judges add c.fayi --name 佟四 --unit 丁馆")
	j.run(0, "judges add c.fayi --name 佟四 --unit 丁馆 --new")
	j.run(0, "judges add c.fayi --name 佟八")
	j.both("judges correct c.fayi --judge j008 --set phone=6000000 --reason 补电话")
	j.both("judges merge c.fayi --from j008 --into j007 --dry-run")
	j.both("judges merge c.fayi --from j008 --into j007 --reason 同一人")
	j.both("judges strike c.fayi --judge j007 --scores keep --dry-run")
	j.both("judges strike c.fayi --judge j007 --reason 不再担任")
	j.both("judges remove c.fayi --judge j007 --reason 录入有误")
	j.both("judges list c.fayi")
	j.t.Setenv(command.PINVariable, "2048")
	j.both("judges pin c.fayi --judge j001")
	j.run(0, "judges pin c.fayi --judge j001 --check")
	j.run(0, "judges pin c.fayi --judge j001 --clear")
	j.both("judges pledges c.fayi")
	j.run(5, "judges pledge c.fayi --judge j001")
	j.run(5, "judges pledge-form c.fayi --out pledges.pdf")
	j.run(0, "contest rules c.fayi --set pledge=\"公正评审\"")
	j.both("judges pledge c.fayi --judge j001")
	j.both("judges pledge-form c.fayi --out pledges.pdf")
	j.run(3, "judges pledge c.fayi --judge j001 --back")
	j.run(0, "judges pledge c.fayi --judge j001 --back --reason 签错人")
	j.run(4, "judges pledge c.fayi --judge j001 --back --reason 签错人")
	j.run(0, "contest rules c.fayi --set pledge=\"\"")
	j.both("conflicts declare c.fayi --judge j001 --work w000005 --reason 亲属")
	j.both("conflicts list c.fayi")
	j.both("conflicts suspects c.fayi")
}

func (j *journey) assign() {
	j.run(5, "scores status c.fayi")
	find(j.t, j.run(3, "assign plan c.fayi --per-work 7"), "missing", 0, "short")
	j.both("assign plan c.fayi --per-work 2 --seed 7")
	j.both("assign show c.fayi")
	j.both("assign publish c.fayi --accept duplicates,no_group")
	j.both("contest open-points c.fayi")
	j.both("conflicts scores c.fayi")
	j.both("assign list c.fayi")
	j.both("assign adjust c.fayi --seed 7")
	j.both("assign top-up c.fayi --per-work 3")
	j.run(0, "assign publish c.fayi")
	doc := j.run(0, "assign list c.fayi")
	j.both("assign recuse c.fayi --judge " + find(j.t, doc, 0, "judge") + " --work " + find(j.t, doc, 0,
		"work") + " --reason 亲属")
}

// begins runs the ways to begin a contest.
func (j *journey) begins() {
	j.t.Helper()
	made := j.run(0, "contest new e.fayi --name 征文 --template essay --year 2027").(map[string]any)
	if made["template"] != "essay" || made["year"] != 2027.0 {
		j.t.Errorf("%v", made)
	}
	j.run(0, "judges add e.fayi --name 赵一 --unit 某局")
	like := j.run(0, "contest new l.fayi --name 又一年 --like e.fayi").(map[string]any)
	if taken, _ := like["taken"].(map[string]any); like["template"] != "essay" || taken["judges"] != 1.0 {
		j.t.Errorf("%v", like)
	}
	j.run(4, "contest new x.fayi --name 某 --template opera")
	j.run(3, "contest new x.fayi --name 某 --year 二零二七")
	j.run(4, "contest new x.fayi --name 某 --like none.fayi")
	j.run(2, "contest new x.fayi --name 某 --like e.fayi --template essay")
	if all := j.run(0, "contest prepare").([]any); len(all) != 10 {
		j.t.Errorf("%d templates", len(all))
	}
	one := j.run(0, "contest prepare --template stage --start 2027-03-01").([]any)
	if days := one[0].(map[string]any)["days"].([]any); days[0].(map[string]any)["day"] != "2027-03-01" {
		j.t.Errorf("%v", days)
	}
	j.run(0, "contest prepare --out prepare.docx")
	j.run(4, "contest prepare --template opera")
	j.run(3, "contest prepare --start 某日")
}

// arrive brings a file as a unit sends it online.
func (j *journey) arrive(name, text string) {
	j.t.Helper()
	db, blobs, err := bolt.OpenFolder("call.fayi")
	if err != nil {
		j.t.Fatal(err)
	}
	o, err := office.Open(j.t.Context(), office.Config{DB: db, Blobs: blobs, Dir: "call.fayi", Now: time.Now,
		Random: rand.Reader, Actor: "organiser", Cache: j.t.TempDir()})
	if err != nil {
		j.t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(text))
	_, err = sending.DoorOf(o.Sending()).Keep(j.t.Context(), sending.Delivery{Unit: "示例一小", Name: name,
		Bytes: int64(len(text)), Sum: hex.EncodeToString(sum[:]), Kind: sending.Workbook}, strings.NewReader(text))
	if err = errors.Join(err, o.Close()); err != nil {
		j.t.Fatal(err)
	}
}
