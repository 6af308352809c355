"""The pages of the administrator of the portal."""

from fastapi import APIRouter

router = APIRouter()
