package judge

// toggleFull gives the work the whole screen, or gives it back. The work that comes next has it too.
func (s *sheet) toggleFull() {
	d := s.desk
	if !d.full {
		d.fill()
		return
	}
	d.leaveFull()
	d.show(s.content)
	s.sides.Refresh()
	if s.writable() {
		s.form.Refocus()
	}
}

// fill gives the work shown the whole screen; what stands below it comes and goes with the bar of the window.
func (d *Desk) fill() {
	d.full = true
	d.sheet.showFull()
	d.sh.Fill(true, func(edges bool) {
		d.edges = edges
		if d.sheet != nil {
			d.sheet.view.ShowBar(edges)
		}
	})
}

// showFull shows the work alone. No field may have the cursor: it would not be seen.
func (s *sheet) showFull() {
	s.desk.sh.Focus(nil)
	s.view.ShowBar(s.desk.edges)
	s.desk.show(s.view.Content)
}

// leaveFull ends what fill began.
func (d *Desk) leaveFull() {
	if !d.full {
		return
	}
	d.full = false
	d.sh.Fill(false, nil)
	if d.sheet != nil {
		d.sheet.view.ShowBar(true)
	}
}
