package organizer

// HandOver is the kind of the route on which judges come to this computer one after another; the window makes its page. Its ID: the first of them, or "".
const HandOver = "handover"
