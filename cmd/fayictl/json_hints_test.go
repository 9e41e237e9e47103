package main

import "fmt"

// hints goes through a contest in which the second judge gives what the first gave.
func (j *journey) hints() {
	list := "作品名称,类别,组别,作者,单位\n"
	for i := range 12 {
		list += fmt.Sprintf("法治之光%d,征文,小学组,佟作者%d,示例第%d小学\n", i, i, i%4)
	}
	j.file("twelve.csv", []byte(list))
	j.run(0, "contest new h.fayi --name 提示")
	j.run(0, "works import h.fayi twelve.csv")
	for _, name := range []string{"佟一", "佟二", "佟三", "佟四"} {
		j.run(0, "judges add h.fayi --categories 征文 --name "+name)
	}
	j.run(0, "assign plan h.fayi --per-work 4 --seed 3")
	j.run(0, "assign publish h.fayi")
	for i := range 4 {
		for k := range 12 {
			apart := max(i, 1)
			total := 75 + k*5%12 + (apart*7+k*(apart+3))%7*3 - 9
			j.run(0, fmt.Sprintf("scores enter h.fayi --judge j00%d --work w%06d --total %d", i+1, k+1, total))
		}
	}
	hint := find(j.t, j.run(0, "judges hints h.fayi"), 0, "id")
	j.both("judges note-hint h.fayi " + hint + " --reason 看过")
	j.run(3, "judges note-hint h.fayi "+hint)
	j.both("judges recall-note h.fayi " + hint + " --reason 要再看")
	j.run(4, "judges recall-note h.fayi "+hint+" --reason 要再看")
}
