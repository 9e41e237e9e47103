package pdf

// Layers (optional content, ISO 32000-1, 8.11) that a reader does not show when it opens a document are left out; all
// else is part of the page afterwards.

// hiddenLayers finds the groups of optional content that are off.
func (w *rewriter) hiddenLayers() map[ref]bool {
	off := map[ref]bool{}
	root, _ := w.in.resolve(w.in.root).(dict)
	props, _ := w.in.resolve(root.get("OCProperties")).(dict)
	if props == nil {
		return off
	}
	all, _ := w.in.resolve(props.get("OCGs")).(list)
	state, _ := w.in.resolve(props.get("D")).(dict)
	mark := func(v value, to bool) {
		groups, _ := w.in.resolve(v).(list)
		for _, g := range groups {
			if r, ok := g.(ref); ok {
				off[r] = to
			}
		}
	}
	if base, _ := w.in.resolve(state.get("BaseState")).(token); string(base) == "/OFF" {
		mark(all, true)
	}
	mark(state.get("ON"), false)
	mark(state.get("OFF"), true)
	events, _ := w.in.resolve(state.get("AS")).(list)
	for _, e := range events {
		event, _ := w.in.resolve(e).(dict)
		if !event.is("Event", "View") {
			continue
		}
		groups, _ := w.in.resolve(event.get("OCGs")).(list)
		for _, g := range groups {
			group, _ := w.in.resolve(g).(dict)
			usage, _ := w.in.resolve(group.get("Usage")).(dict)
			view, _ := w.in.resolve(usage.get("View")).(dict)
			if r, ok := g.(ref); ok && view.get("ViewState") != nil {
				off[r] = view.is("ViewState", "OFF")
			}
		}
	}
	return off
}

// isOff reports whether what belongs to a layer, or to several, is not shown.
func (w *rewriter) isOff(v value) bool {
	if w.off == nil {
		w.off = w.hiddenLayers()
	}
	if r, ok := v.(ref); ok && w.off[r] {
		return true
	}
	d, _ := w.in.resolve(v).(dict)
	groups := d.get("OCGs")
	if groups == nil || !d.is("Type", "OCMD") {
		return false
	}
	all, isList := w.in.resolve(groups).(list)
	if !isList {
		all = list{groups}
	}
	on, off := 0, 0
	for _, g := range all {
		if r, ok := g.(ref); ok && w.off[r] {
			off++
		} else if ok {
			on++
		}
	}
	if on+off == 0 { // a membership in nothing says nothing
		return false
	}
	switch policy, _ := w.in.resolve(d.get("P")).(token); string(policy) {
	case "/AllOn":
		return off > 0
	case "/AnyOff":
		return off == 0
	case "/AllOff":
		return on > 0
	}
	return on == 0
}

// layer returns what a name in the resources of the content at hand means.
func (c *content) layer(name token) value {
	properties, _ := c.in.resolve(c.resources.get("Properties")).(dict)
	if len(name) < 2 {
		return nil
	}
	return properties.get(string(name[1:]))
}
