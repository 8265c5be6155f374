"""The random numbers of TensorCore's SeededGenerator, for scripts that follow a bootstrap draw by draw:
xoshiro256** (Blackman and Vigna, 2018) filled by SplitMix64, integers below a bound by Lemire's method."""
MASK = 2**64 - 1


def splitmix(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def turn(value, bits):
    return ((value << bits) | (value >> (64 - bits))) & MASK


class Generator:
    def __init__(self, seed, stream):
        one, two = splitmix(seed), splitmix(stream ^ 0xA0761D6478BD642F)
        self.state = [next(one) ^ next(two) for _ in range(4)]

    def word(self):
        s = self.state
        word = (turn((s[1] * 5) & MASK, 7) * 9) & MASK
        shifted = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = turn(s[3], 45)
        return word

    def below(self, bound):
        while True:
            product = self.word() * bound
            if product & MASK >= (2**64 - bound) % bound:
                return product >> 64

    def draws(self, count, bound):
        return [self.below(bound) for _ in range(count)]
