// Package kit is the contract between a page and the window around it: what a page is (Page, and what else it may be),
// what it may ask for (Shell) and the values that pass between them. It knows nothing of contests. The widgets that
// pages are made of are in the packages below it; pages fill them with their own nouns. They draw with Fyne, but need
// neither a screen nor cgo, so that all pages are tested headless (see kittest).
//
// # A page
//
// A page is made by func(sh Shell, r Route) Page when it is routed to, and is made again when language, type size
// or colours change. Content builds the widgets, Load fills them; slow reading goes through Fetch or Shell.Run.
// Widgets are touched on the UI thread only: in Content, Load, handlers and done functions, never in Work. A page
// may also be a Keeper (keep filter and selection), Dropper (files dropped on the window), Finder (Ctrl+F), Keyed
// (keys no field has taken), Undoer (Ctrl+Z), Leaver (put away a draft), Bare (no rail).
//
//	func (p *worksPage) Content() fyne.CanvasObject {
//		p.head = header.New(
//			p.sh.T("works.title", nil),
//			button.NewPrimary(p.sh.T("works.import", nil), p.onImport),
//		)
//		p.filter = filter.NewBar(p.sh, p.onFilter)
//		p.table = table.New(row.key, table.TextColumn(p.sh.T("works.name", nil), 8, 3, row.name))
//		p.table.OnOpen = p.onOpen
//		return header.Page(p.head, lay.Fill(p.filter, p.table, nil))
//	}
//
//	func (p *worksPage) Load() {
//		kit.Fetch(p.sh, p.sh.T("works.loading", nil), p.read, func(rows []row) { p.rows = rows; p.show() })
//	}
//
// # Where what is
//
//	look      theme, colours by meaning, type by role; NewText, NewStrong, NewPara, NewCutText
//	lay       Stack(Gap8, a, b) below each other, Row side by side, Fill(top, body, bottom), Spread(left, right),
//	          Split(Gap24, []float32{2, 1}, a, b) by weight, Tiles, Flow, Surface, Sheet, Inset, VScroll, Reveal
//	button    New, NewPrimary, NewDanger, NewPlain(text, tapped), NewIcon, NewMenu, ShowMenu; NewPress
//	choice    NewSegments(options, chosen, changed), NewSelect, NewPicks(options, chosen, changed)
//	field     NewForm(fields...).Valid(); NewText(sh, label, help, TextRule{}), NewNumber(sh, label, help, unit,
//	          Range{}, must), NewDay, NewChoice; New(label, help, input) for any other input; f.Tell(wrong); NewLines
//	          with NewCell, NewChoiceCell; NewEntry, NewSearchEntry; NewPad for a PIN
//	mark      New(sh, Spec{...}): a mark from 0 to its maximum
//	draft     Watch(sh, key, form).Offer(); in dialogs Question.Draft does it
//	filter    NewBar(sh, changed): SetQuick(Quick{...}), AddPick(name, label, options...), SetFilter, Filter
//	table     New(key, columns...).WithTicks(): SetRows, Select, SortBy, OnSelect, OnOpen, Acts, OnTicks, Edit;
//	          Keep(sh, name) for widths, menu and copying; NewIntervals, NewProblems
//	gallery   New(key, cell, picture): pictures with captions; NewOrder: an order changed by hand; NewThumb
//	zoom      New(NewPicture(img, turn), changed): wheel, keys and double tap enlarge, dragging moves; NewCovers
//	board     New: SetColumns(columns), cards that are dragged between them
//	chart     New(columns, Histogram{}, Gauge{}, SpanRows{}) with PNG(title, width); NewBars, NewMatrix
//	status    NewCard(label, tapped), NewTile, NewChip, NewProgress, NewEmpty, NewNotice, NewRail
//	header    New(title, acts...).WithBack(sh.Back), Page(header, body)
//	ask       the dialog of Shell.Ask
//	keys      where keys and the cursor go; script: order by pinyin, words found whatever their width
//	kittest   a Shell for tests; sight: what is cut, covered or sticks out
//
// # Dialogs
//
// Shell.Ask(Question{Title, Text, Action, Do}) asks; Check adds a sentence to tick before a final act, Danger
// colours it, Content holds a form. Do returns an error to stay open and show it. Shell.Tell(Notice{Tone, Text,
// Action, Do}) tells in a bar with an undo button. Shell.ShowError takes any error.
//
// # Traps
//
// A struct that embeds *fyne.Container is not drawn: make it a widget, on lay.Box. A rectangle with a nil colour
// crashes the test painter. Colours are read when a widget is built, which is why pages are built again when they
// change.
package kit
