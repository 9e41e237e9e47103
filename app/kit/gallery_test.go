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
	"fayi/app/kit/kittest"
)

type sample struct {
	code, name, kind, by, state string
	tone                        kit.Tone
	mark                        float64
}

func samples(n int) []sample {
	states := []struct {
		word string
		tone kit.Tone
	}{{"已通过", kit.Done}, {"待审", kit.Waiting}, {"缺文件", kit.Problem}, {"疑似重复", kit.Info}}
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

func sampleTable() *kit.Table[sample] {
	return kit.NewTable(func(s sample) string { return s.code },
		kit.Column[sample]{
			Title:   "编号",
			Min:     6,
			Cell:    func(s sample) kit.Cell { return kit.Cell{Text: s.code} },
			Compare: func(a, b sample) int { return cmp.Compare(a.code, b.code) },
		},
		kit.TextColumn("作品名称", 8, 3, func(s sample) string { return s.name }),
		kit.TextColumn("类别", 4, 1, func(s sample) string { return s.kind }),
		kit.TextColumn("作者", 4, 1, func(s sample) string { return s.by }),
		kit.Column[sample]{
			Title:   "得分",
			Min:     4,
			Number:  true,
			Cell:    func(s sample) kit.Cell { return kit.Cell{Text: fmt.Sprintf("%.2f", s.mark)} },
			Compare: func(a, b sample) int { return cmp.Compare(a.mark, b.mark) },
		},
		kit.Column[sample]{
			Title:  "状态",
			Min:    5,
			Weight: 1,
			Cell:   func(s sample) kit.Cell { return kit.Cell{Text: s.state, Tone: s.tone} },
		},
	)
}

// listPage is a page as most are: header, filter, table, acts.
func listPage(sh kit.Shell) fyne.CanvasObject {
	head := kit.NewPageHeader("作品", kit.NewButton("导出名单", nil), kit.NewPrimary("导入作品", nil)).WithBack(sh.Back)
	head.SetCount("640 件 · 待审 12 件")
	filter := kit.NewFilterBar(sh, nil)
	filter.SetQuick(kit.Quick{
		Title: "全部",
		Count: 640,
	}, kit.Quick{
		Key:   "new",
		Title: "待审",
		Count: 12,
		Tone:  kit.Waiting,
	},
		kit.Quick{
			Key:   "gap",
			Title: "缺文件",
			Count: 3,
			Tone:  kit.Problem,
		}, kit.Quick{
			Key:   "twin",
			Title: "疑似重复",
			Count: 4,
			Tone:  kit.Info,
		})
	filter.AddPick("kind", "类别", kit.Option{Key: "sf", Title: "书法"}, kit.Option{Key: "hh", Title: "绘画"})
	filter.AddPick("unit", "单位", kit.Option{Key: "a", Title: "县司法局"})
	table := sampleTable().WithTicks()
	table.SetRows(samples(640))
	table.Select("SF-0002")
	table.Tick("SF-0003", true)
	acts := kit.Spread(kit.NewText("共 640 件 · 已选 1 件", kit.Body, kit.Quiet),
		kit.Row(kit.Gap8, kit.NewButton("审核通过", nil), kit.NewDanger("退回…", nil), kit.NewMenuButton("更多")))
	return kit.PageBody(head, kit.Fill(filter, table, acts))
}

func cardPage(sh kit.Shell) fyne.CanvasObject {
	var cards []fyne.CanvasObject
	for i, name := range []string{"征集", "审核", "分配", "评审", "结果", "公示", "上报"} {
		note, tone := []string{"已完成", "待核对 12 件", "未开始"}[min(i, 2)], []kit.Tone{kit.Done, kit.Waiting, kit.Plain}[min(i,
			2)]
		cards = append(cards, kit.NewCard(name, func() {}).Set(fmt.Sprint(638-i*90), note, tone))
	}
	chips := kit.Row(
		kit.Gap8,
		kit.NewChip("已锁定", kit.Done),
		kit.NewChip("待复评", kit.Waiting),
		kit.NewChip("缺文件", kit.Problem),
		kit.NewChip("草稿", kit.Info),
		kit.NewChip("未开始", kit.Quiet),
	)
	stats := kit.Row(
		kit.Gap24,
		kit.NewStatTile("作品", "640", kit.Plain),
		kit.NewStatTile("评委", "12", kit.Plain),
		kit.NewStatTile("缺文件", "3", kit.Problem),
	)
	bars := kit.NewBars([]kit.Bar{{
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
	line := kit.NewProgressLine("正在生成缩略图", 10)
	line.Set("正在生成缩略图", 212, 640)
	notice := kit.NewNotice(kit.Notice{Tone: kit.Done, Text: "已导入 638 件作品，2 行有问题没有导入。", Action: "撤销导入"}, func() {})
	size := kit.NewSegments([]kit.Option{{Key: "list", Title: "列表"}, {Key: "pic", Title: "图"}}, "list", nil)
	body := kit.Stack(
		kit.Gap16,
		kit.Tiles(kit.Gap16, kit.Em(9), cards...),
		kit.Row(kit.Gap24, chips, size),
		kit.Row(kit.Gap24, stats, line),
		kit.Surface(bars),
		notice,
	)
	return kit.PageBody(kit.NewPageHeader("总览"), container.NewVScroll(body))
}

func formPage(sh kit.Shell) fyne.CanvasObject {
	name := kit.NewTextField(sh, "作品名称", "与原件上的写法一致。", kit.TextRule{Required: true, Limit: 60})
	name.SetText("法治中国")
	count := kit.NewNumberField(sh, "每件作品由几位评委评", "一般 3 到 5 位。", "位", kit.Range{Low: 1, High: 9}, true)
	count.Entry().SetText("12")
	kind := kit.NewChoiceField(sh, "类别", "", "请选择类别", []kit.Option{{Key: "sf", Title: "书法"}, {Key: "hh", Title: "绘画"}})
	note := kit.NewTextField(sh, "评语", "", kit.TextRule{Limit: 200, Lines: 3})
	form := kit.NewForm(name, count, kind, note)
	var marks []fyne.CanvasObject
	for i, m := range []struct {
		label, weight string
		max           float64
	}{{"主题内容", "30%", 30}, {"笔法结字", "40%", 40}, {"章法墨色", "20%", 20}} {
		f := kit.NewMarkField(sh, kit.MarkSpec{
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
	right := kit.Stack(
		kit.Gap16,
		kit.Surface(kit.Stack(kit.Gap8, marks...)),
		kit.NewPara("初评由三位评委独立打分，去掉明显的宽严差别后取平均；名次相近的作品进入复评。复评时评委看不到初评得分。", kit.Body, kit.Plain, 32).Fluid(),
	)
	body := kit.Split(kit.Gap24, []float32{1, 1.2}, form, right)
	return kit.PageBody(kit.NewPageHeader("表单", kit.NewPrimary("保存设置", nil)), container.NewVScroll(body))
}

func problemPage(sh kit.Shell) fyne.CanvasObject {
	p := kit.NewProblems(sh)
	p.SetLines([]kit.ProblemLine{
		{Kind: "缺少姓名", Place: "报名表.xlsx 第 12 行", Text: "“作者”一栏是空的。请在表里补上姓名再导入。", Tone: kit.Problem},
		{Kind: "电话有误", Place: "报名表.xlsx 第 30 行", Text: "电话应是 11 位数字。可以先导入，以后再改。", Tone: kit.Waiting},
		{Kind: "缺少姓名", Place: "报名表.xlsx 第 44 行", Text: "“作者”一栏是空的。", Tone: kit.Problem},
	})
	return kit.PageBody(kit.NewPageHeader("导入结果", kit.NewPrimary("导入 636 件", nil)), p)
}

// deskPage is the judge's: the work takes two thirds, the marks one.
func deskPage(sh kit.Shell) fyne.CanvasObject {
	pictures := kit.NewGallery(func(s sample) string { return s.code }, func(s sample) kit.Cell {
		return kit.Cell{
			Text: s.code + " " + s.state,
			Tone: s.tone,
		}
	},
		func(sample) (image.Image, fyne.Resource) { return nil, theme.FileImageIcon() })
	pictures.SetItems(samples(40))
	pictures.Select("SF-0003")
	marks := kit.Stack(kit.Gap8)
	for i, label := range []string{"主题内容", "笔法结字与章法布局", "墨色"} {
		m := kit.NewMarkField(sh, kit.MarkSpec{
			Label: label,
			Note:  "30%",
			Max:   30,
			Band:  func(float64) string { return "良好" },
		})
		m.Entry().SetText([]string{"26", "31", ""}[i])
		marks.Add(m)
	}
	right := kit.Surface(
		kit.Fill(
			nil,
			container.NewVScroll(marks),
			kit.Row(kit.Gap8, kit.NewButton("跳过", nil), kit.NewPrimary("保存并下一件", nil)),
		),
	)
	return kit.Inset(kit.Gap16, kit.Split(kit.Gap16, []float32{2, 1}, pictures, right))
}

func emptyPage(sh kit.Shell) fyne.CanvasObject {
	t := sampleTable()
	t.SetEmpty(kit.NewEmptyState("还没有作品", "把报名表（xlsx、xls 或 csv）拖到这里，或者按下面的按钮选择文件。", kit.NewPrimary("导入作品", nil)))
	return kit.PageBody(kit.NewPageHeader("作品"), t)
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
	for _, look := range []kit.Look{{
		Mode: kit.Light,
		Size: kit.Normal,
	}, {
		Mode: kit.Dark,
		Size: kit.Large,
	}, {
		Mode: kit.Light,
		Size: kit.Huge,
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
