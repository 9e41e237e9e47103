package kit_test

import (
	"cmp"
	"fmt"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/chart"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/filter"
	"fayi/app/kit/gallery"
	"fayi/app/kit/header"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/mark"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
)

type sample struct {
	code, name, kind, by, state string
	tone                        look.Tone
	mark                        float64
}

func samples(n int) []sample {
	states := []struct {
		word string
		tone look.Tone
	}{{"已通过", look.Done}, {"待审", look.Waiting}, {"缺文件", look.Problem}, {"疑似重复", look.Info}}
	var out []sample
	for i := range n {
		s := states[i%len(states)]
		out = append(
			out,
			sample{
				fmt.Sprintf("SF-%04d", i+1),
				fmt.Sprintf("法治中国·第%d号作品，名字很长很长要截断的那一种", i+1),
				"书法",
				"王小明",
				s.word,
				s.tone,
				60 + float64(i%40),
			},
		)
	}
	return out
}

func sampleTable() *table.Table[sample] {
	return table.New(func(s sample) string { return s.code },
		table.Column[sample]{
			Title:   "编号",
			Min:     6,
			Cell:    func(s sample) table.Cell { return table.Cell{Text: s.code} },
			Compare: func(a, b sample) int { return cmp.Compare(a.code, b.code) },
		},
		table.TextColumn("作品名称", 8, 3, func(s sample) string { return s.name }),
		table.TextColumn("类别", 4, 1, func(s sample) string { return s.kind }),
		table.TextColumn("作者", 4, 1, func(s sample) string { return s.by }),
		table.Column[sample]{
			Title:   "得分",
			Min:     4,
			Number:  true,
			Cell:    func(s sample) table.Cell { return table.Cell{Text: fmt.Sprintf("%.2f", s.mark)} },
			Compare: func(a, b sample) int { return cmp.Compare(a.mark, b.mark) },
		},
		table.Column[sample]{
			Title:  "状态",
			Min:    5,
			Weight: 1,
			Cell:   func(s sample) table.Cell { return table.Cell{Text: s.state, Tone: s.tone} },
		},
	)
}

// listPage is a page as most are: header, filter, table, acts.
func listPage(sh kit.Shell) fyne.CanvasObject {
	head := header.New("作品", button.New("导出名单", nil), button.NewPrimary("导入作品", nil)).WithBack(sh.Back)
	head.SetCount("640 件 · 待审 12 件")
	bar := filter.NewBar(sh, nil)
	bar.SetQuick(filter.Quick{
		Title: "全部",
		Count: 640,
	}, filter.Quick{
		Key:   "new",
		Title: "待审",
		Count: 12,
		Tone:  look.Waiting,
	},
		filter.Quick{
			Key:   "gap",
			Title: "缺文件",
			Count: 3,
			Tone:  look.Problem,
		}, filter.Quick{
			Key:   "twin",
			Title: "疑似重复",
			Count: 4,
			Tone:  look.Info,
		})
	bar.AddPick("kind", "类别", choice.Option{Key: "sf", Title: "书法"}, choice.Option{Key: "hh", Title: "绘画"})
	bar.AddPick("unit", "单位", choice.Option{Key: "a", Title: "县司法局"})
	table := sampleTable().WithTicks()
	table.SetRows(samples(640))
	table.Select("SF-0002")
	table.Tick("SF-0003", true)
	acts := lay.Spread(look.NewText("共 640 件 · 已选 1 件", look.Body, look.Quiet),
		lay.Row(lay.Gap8, button.New("审核通过", nil), button.NewDanger("退回…", nil), button.NewMenu("更多")))
	return header.Page(head, lay.Fill(bar, table, acts))
}

func cardPage(sh kit.Shell) fyne.CanvasObject {
	var cards []fyne.CanvasObject
	for i, name := range []string{"征集", "审核", "分配", "评审", "结果", "公示", "上报"} {
		note, tone := []string{"已完成", "待核对 12 件", "未开始"}[min(i, 2)], []look.Tone{
			look.Done, look.Waiting, look.Plain,
		}[min(i,
			2)]
		cards = append(cards, status.NewCard(name, func() {}).Set(fmt.Sprint(638-i*90), note, tone))
	}
	chips := lay.Row(
		lay.Gap8,
		status.NewChip("已锁定", look.Done),
		status.NewChip("待复评", look.Waiting),
		status.NewChip("缺文件", look.Problem),
		status.NewChip("草稿", look.Info),
		status.NewChip("未开始", look.Quiet),
	)
	stats := lay.Row(
		lay.Gap24,
		status.NewTile("作品", "640", look.Plain),
		status.NewTile("评委", "12", look.Plain),
		status.NewTile("缺文件", "3", look.Problem),
	)
	bars := chart.NewBars([]chart.Bar{{
		Label: "王老师",
		Value: 23,
		Low:   20,
		High:  25,
		Text:  "23 件",
	}, {
		Label: "欧阳老师",
		Value: 28,
		Low:   20,
		High:  25,
		Text:  "28 件",
	}, {
		Label: "李老师",
		Value: 9,
		Low:   20,
		High:  25,
		Text:  "9 件",
	}})
	line := status.NewProgress("正在生成缩略图", 10)
	line.Set("正在生成缩略图", 212, 640)
	notice := status.NewNotice(kit.Notice{Tone: look.Done, Text: "已导入 638 件作品，2 行有问题没有导入。", Action: "撤销导入"}, func() {})
	size := choice.NewSegments([]choice.Option{{Key: "list", Title: "列表"}, {Key: "pic", Title: "图"}}, "list", nil)
	body := lay.Stack(
		lay.Gap16,
		lay.Tiles(lay.Gap16, look.Em(9), cards...),
		lay.Row(lay.Gap24, chips, size),
		lay.Row(lay.Gap24, stats, line),
		lay.Surface(bars),
		notice,
	)
	return header.Page(header.New("总览"), container.NewVScroll(body))
}

func formPage(sh kit.Shell) fyne.CanvasObject {
	name := field.NewText(sh, "作品名称", "与原件上的写法一致。", field.TextRule{Required: true, Limit: 60})
	name.SetText("法治中国")
	count := field.NewNumber(sh, "每件作品由几位评委评", "一般 3 到 5 位。", "位", field.Range{Low: 1, High: 9}, true)
	count.Entry().SetText("12")
	kind := field.NewChoice(sh, "类别", "", "请选择类别", []choice.Option{{Key: "sf", Title: "书法"}, {Key: "hh", Title: "绘画"}})
	note := field.NewText(sh, "评语", "", field.TextRule{Limit: 200, Lines: 3})
	form := field.NewForm(name, count, kind, note)
	var marks []fyne.CanvasObject
	for i, m := range []struct {
		label, weight string
		max           float64
	}{{"主题内容", "30%", 30}, {"笔法结字", "40%", 40}, {"章法墨色", "20%", 20}} {
		f := mark.New(sh, mark.Spec{
			Label: m.label,
			Note:  m.weight,
			Max:   m.max,
			Band: func(v float64) string {
				if v >= m.max*0.8 {
					return "良好"
				}
				return "一般"
			},
		})
		f.Entry().SetText([]string{"26", "43", ""}[i])
		marks = append(marks, f)
	}
	right := lay.Stack(
		lay.Gap16,
		lay.Surface(lay.Stack(lay.Gap8, marks...)),
		look.NewPara("初评由三位评委独立打分，去掉明显的宽严差别后取平均；名次相近的作品进入复评。复评时评委看不到初评得分。", look.Body, look.Plain, 32).Fluid(),
	)
	body := lay.Split(lay.Gap24, []float32{1, 1.2}, form, right)
	return header.Page(header.New("表单", button.NewPrimary("保存设置", nil)), container.NewVScroll(body))
}

func problemPage(sh kit.Shell) fyne.CanvasObject {
	p := table.NewProblems(sh)
	p.SetLines([]table.ProblemLine{
		{Kind: "缺少姓名", Place: "报名表.xlsx 第 12 行", Text: "“作者”一栏是空的。请在表里补上姓名再导入。", Tone: look.Problem},
		{Kind: "电话有误", Place: "报名表.xlsx 第 30 行", Text: "电话应是 11 位数字。可以先导入，以后再改。", Tone: look.Waiting},
		{Kind: "缺少姓名", Place: "报名表.xlsx 第 44 行", Text: "“作者”一栏是空的。", Tone: look.Problem},
	})
	return header.Page(header.New("导入结果", button.NewPrimary("导入 636 件", nil)), p)
}

// deskPage is the judge's: the work takes two thirds, the marks one.
func deskPage(sh kit.Shell) fyne.CanvasObject {
	pictures := gallery.New(func(s sample) string { return s.code }, func(s sample) table.Cell {
		return table.Cell{
			Text: s.code + " " + s.state,
			Tone: s.tone,
		}
	},
		func(sample) (image.Image, fyne.Resource) { return nil, theme.FileImageIcon() })
	pictures.SetItems(samples(40))
	pictures.Select("SF-0003")
	marks := lay.Stack(lay.Gap8)
	for i, label := range []string{"主题内容", "笔法结字与章法布局", "墨色"} {
		m := mark.New(sh, mark.Spec{
			Label: label,
			Note:  "30%",
			Max:   30,
			Band:  func(float64) string { return "良好" },
		})
		m.Entry().SetText([]string{"26", "31", ""}[i])
		marks.Add(m)
	}
	right := lay.Surface(
		lay.Fill(
			nil,
			container.NewVScroll(marks),
			lay.Row(lay.Gap8, button.New("跳过", nil), button.NewPrimary("保存并下一件", nil)),
		),
	)
	return lay.Inset(lay.Gap16, lay.Split(lay.Gap16, []float32{2, 1}, pictures, right))
}

func emptyPage(sh kit.Shell) fyne.CanvasObject {
	t := sampleTable()
	t.SetEmpty(status.NewEmpty("还没有作品", "把报名表（xlsx、xls 或 csv）拖到这里，或者按下面的按钮选择文件。", button.NewPrimary("导入作品", nil)))
	return header.Page(header.New("作品"), t)
}

// TestGallery draws every widget in both colours, three sizes and two windows and finds no words cut or sticking
// out. Set FAYI_SHOTS to a folder to look.
func TestGallery(t *testing.T) {
	pages := map[string]func(kit.Shell) fyne.CanvasObject{
		"list":     listPage,
		"cards":    cardPage,
		"form":     formPage,
		"problems": problemPage,
		"empty":    emptyPage,
		"desk":     deskPage,
	}
	sh := kittest.New(t)
	for _, look := range []look.Look{{
		Mode: look.Light,
		Size: look.Normal,
	}, {
		Mode: look.Dark,
		Size: look.Large,
	}, {
		Mode: look.Light,
		Size: look.Huge,
	}} {
		for _, size := range []fyne.Size{fyne.NewSize(1060, 600), fyne.NewSize(1700, 960)} {
			for name, page := range pages {
				sh.Look(look)
				sh.Win.Resize(size)
				sh.Put(page(sh))
				shot := fmt.Sprintf("%s-%s-%s-%.0f", name, look.Mode, look.Size, size.Width)
				if size.Width < 1100 {
					kittest.Shot(t, sh.Win, shot)
				}
				for _, m := range kittest.Misfits(sh.Win) {
					t.Errorf("%s: %s", shot, m)
				}
			}
		}
	}
}
