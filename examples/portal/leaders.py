"""The pages of the leadership."""

from fastapi import APIRouter

router = APIRouter()
