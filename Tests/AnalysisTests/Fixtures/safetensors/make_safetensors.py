"""Writes the safetensors files that Swift's reader and writer are tested against.

all-types.safetensors   every element type, a scalar, an empty tensor, odd names (torch)
python.safetensors      the types that our writer knows; ours must be the same, byte for byte

Made with Python 3.11, safetensors 0.8.0, torch 2.15.0, numpy 2.4.6.
"""
import pathlib

import torch
from safetensors.torch import save_file

here = pathlib.Path(__file__).parent
numbers = [-2.5, 0.0, 1.0, 65504.0, 0.333251953125, 6.103515625e-05]
save_file(
    {
        "f16": torch.tensor(numbers, dtype=torch.float16).reshape(2, 3),
        "bf16": torch.tensor(numbers, dtype=torch.bfloat16).reshape(3, 2),
        "f32": torch.tensor(numbers, dtype=torch.float32),
        "f64": torch.tensor([1e300, 0.1, float("nan")], dtype=torch.float64),
        "bool": torch.tensor([True, False, True]),
        "u8": torch.tensor([0, 127, 255], dtype=torch.uint8),
        "i8": torch.tensor([-128, 0, 127], dtype=torch.int8),
        "i16": torch.tensor([-32768, 32767], dtype=torch.int16),
        "u16": torch.tensor([0, 65535], dtype=torch.uint16),
        "i32": torch.tensor([-2147483648, 2147483647], dtype=torch.int32),
        "u32": torch.tensor([0, 4294967295], dtype=torch.uint32),
        "i64": torch.tensor([-9223372036854775808, 9223372036854775807]),
        "u64": torch.tensor([0, 18446744073709551615], dtype=torch.uint64),
        "scalar": torch.tensor(7.5),
        "empty": torch.zeros(0, 4),
    },
    here / "all-types.safetensors",
    metadata={"made by": "torch"},
)
save_file(
    {
        "zeta": torch.tensor([[1, 2], [3, -4]], dtype=torch.int64),
        "alpha": torch.tensor([0.5, 0.25, -1.0], dtype=torch.float64),
        "blocks.0.conv.weight": torch.arange(6, dtype=torch.float32).reshape(1, 2, 3),
        "odd \"name\" \\ \n é 雷": torch.tensor(3.0),
        "images": torch.tensor([[1], [2], [255]], dtype=torch.uint8),
    },
    here / "python.safetensors",
    metadata={"note": "tab\t and \"quotes\""},
)
