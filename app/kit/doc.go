// Package kit holds the page contract and the widgets of the desktop. It knows nothing of contests: pages fill
// widgets with their own nouns. It draws with Fyne, but needs neither a screen nor cgo, so that all pages are
// tested headless (see kittest).
//
// # A page
//
// A page is made by func(sh Shell, r Route) Page when it is routed to, and is made again when language, type size
// or colours change. Content builds the widgets, Load fills them; slow reading goes through Fetch or Shell.Run.
// Widgets are touched on the UI thread only: in Content, Load, handlers and done functions, never in Work. A page
// may also be a Keeper (keep filter and selection), Dropper (files dropped on the window), Finder (Ctrl+F), Keyed
// (keys no field has taken), Leaver (put away a draft), Bare (no rail).
//
//	func (p *worksPage) Content() fyne.CanvasObject {
//		p.head = kit.NewPageHeader(
//			p.sh.T("works.title", nil),
//			kit.NewPrimary(p.sh.T("works.import", nil), p.onImport),
//		)
//		p.filter = kit.NewFilterBar(p.sh, p.onFilter)
//		p.table = kit.NewTable(row.key, kit.TextColumn(p.sh.T("works.name", nil), 8, 3, row.name))
//		p.table.OnOpen = p.onOpen
//		return kit.PageBody(p.head, kit.Fill(p.filter, p.table, nil))
//	}
//
//	func (p *worksPage) Load() {
//		kit.Fetch(p.sh, p.sh.T("works.loading", nil), p.read, func(rows []row) { p.rows = rows; p.show() })
//	}
//
// # Places
//
//	PageBody(header, body)            24 around, header on top
//	Fill(top, body, bottom)           body takes what is left; top, bottom may be nil
//	Stack(Gap8, a, b)                 below each other      Row(Gap8, a, b)        side by side, own widths
//	Spread(left, right)               at both edges         Split(Gap24, []float32{2, 1}, a, b)  panes by weight
//	Tiles(Gap16, Em(9), cards...)     equal columns         Flow(Gap8, a, b)       own widths, goes on in a new line
//	Surface(o), Sheet(0, table)       white paper           Inset(Gap16, o), Blank(w, h), Line()
//
// # Text
//
//	NewText(s, Body, Quiet)           one line; roles Title, Section, Body, Note; NewStrong for one bold word
//	NewPara(s, Body, Plain, 36)       reading text in lines of 36 characters; .Fluid() to follow the width
//	NewCutText(s, Body, Plain)        one line that ends in … where room ends
//	DateTime(sh, t)                   2020年5月12日 09:04
//
// # Widgets
//
//	NewPrimary / NewButton / NewDanger / NewPlain(text, tapped), NewIconButton(icon, tapped),
//	                                  NewMenuButton(text, items...)
//	NewPageHeader(title, acts...).WithBack(sh.Back); SetTitle, SetCount("640 件 · 待审 12 件")
//	NewTable(key, columns...).WithTicks(); SetRows, Rows, Select, Selected, Ticked, TickAll, SortBy, SetEmpty;
//	                                  OnSelect, OnOpen, Acts, OnTicks;
//	                                  Keep(sh, name): widths dragged and kept, menu, copying; NameColumn for people
//	NewGallery(key, cell, picture)    pictures in a grid with captions; SetItems, Came, Select, Selected;
//	                                  OnSelect, OnOpen
//	NewZoom(NewPicture(img, turn), changed)   one picture: wheel, keys and double tap enlarge, dragging moves;
//	                                  Toggle, ZoomBy, Percent, TypedKey
//	NewFilterBar(sh, changed)         SetQuick(Quick{...}), AddPick(name, label, options...), SetFilter, Filter;
//	                                  Filter.Finds(fields...) is pure
//	NewSegments(options, chosen, changed)     列表│图
//	NewRail(selected)                 SetStages([]Stage{Key, Title, Note, State}, current);
//	                                  the shell owns the one of the window
//	NewCard(label, tapped).Set(number, note, tone), NewStatTile(label, number, tone), NewChip(word, tone)
//	NewForm(fields...).Valid()        NewTextField(sh, label, help, TextRule{}), NewNumberField(sh, label, help,
//	                                  unit, Range{}, must),
//	                                  NewChoiceField(sh, label, help, hint, options), NewField(label, help, input);
//	                                  f.Tell(wrong)
//	NewLines(columns...).Add(cells...)        a table to fill in; its note .Tell(wrong);
//	                                  cells: NewCell(text, hint, changed), NewChoiceCell(options, key, changed)
//	NewPicks(options, chosen, changed)        any number out of few, as words to press
//	WatchDraft(sh, key, form).Offer()         keeps what is written over a crash; in dialogs Question.Draft does it
//	NewMarkField(sh, MarkSpec{...})   a mark from 0 to Max: Value, SetValue, Clear, Focus; OnChange, OnEnter
//	NewPad(sh, action)                a PIN by large keys: OnEnter(digits), Tell(wrong);
//	                                  the page hands it keys by TypedKey
//	NewProblems(sh)                   SetLines([]ProblemLine{Kind, Place, Text, Tone}); OnOpen(index)
//	NewBars([]Bar{Label, Value, Low, High, Text})     values against limits
//	NewIntervals(key, span, columns...)       ranges with a dot on one scale, with lines across;
//	                                  SetRows(scale, rows), Select; OnSelect, OnOpen
//	NewChart(columns, Histogram{}, Gauge{}, SpanRows{})  drawings for any size; PNG(title, width) as a picture;
//	                                  BandsOf, NiceStep
//	NewMatrix(sides, values, hint, tell)      how often things meet, as shades; hover or tap shows names and number
//	NewOrder()                        pictures in an order that a user changes by dragging or Alt+↑↓;
//	                                  SetExhibits, Select; OnOpen, OnMove
//	NewThumb(w, h).Set(img)           a small picture in a frame, SetShape for what has none
//	NewProgressLine(label, width).Set(label, done, total), NewEmptyState(title, text, act), NewNotice(n, closed),
//	                                  NewPress(content, tapped)
//	ShowMenu(o, at, items...)         a row's menu
//
// # Dialogs
//
// Shell.Ask(Question{Title, Text, Action, Do}) asks; Check adds a sentence to tick before a final act, Danger
// colours it, Content holds a form. Do returns an error to stay open and show it. Shell.Tell(Notice{Tone, Text,
// Action, Do}) tells in a bar with an undo button. Shell.ShowError takes any error.
//
// # Traps
//
// A struct that embeds *fyne.Container is not drawn: make it a widget. A rectangle with a nil colour crashes the
// test painter. Colours are read when a widget is built, which is why pages are rebuilt when they change.
package kit
