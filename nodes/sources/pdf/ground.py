"""Tells whether white letters show: by what is drawn around them."""

import pypdfium2

from quire.nodes.sources.pdf.drawings import Box

_LONGEST = 3_000.0
_DARKER = 10


class Ground:
    """A page drawn small, a dot for each point."""

    def __init__(self, page: pypdfium2.PdfPage, sides: tuple[float, float, float, float]) -> None:
        self._left, _, _, self._top = sides
        width, height = sides[2] - sides[0], sides[3] - sides[1]
        self._dots = b""
        self._line = 0
        if page.get_rotation() == 0 and 0 < width <= _LONGEST and 0 < height <= _LONGEST:
            drawn = page.render(scale=1, grayscale=True)
            self._dots, self._line = bytes(drawn.buffer), drawn.stride
            drawn.close()

    def shows(self, box: Box) -> bool:
        """Tell whether there is anything but white in the box; where that cannot be told, there is."""
        if not self._dots:
            return True
        first, last = max(0, int(box.x0 - self._left)), max(0, int(box.x1 - self._left) + 1)
        for line in range(max(0, int(self._top - box.y1)), max(0, int(self._top - box.y0) + 1)):
            dots = self._dots[line * self._line + first : line * self._line + min(last, self._line)]
            if dots and min(dots) < 0xFF - _DARKER:
                return True
        return False
